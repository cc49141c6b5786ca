/** A seeded evening as ops, for measurements: checks of 20 ops each, written by four registers in turn. */
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import { seeded } from "../../shared/check/testing.ts";
import { SAMPLE_MENU } from "../../shared/sample_menu.ts";

const REGISTERS = ["r7k2m9qd", "t4x8n1wz", "b6v3c5hy", "g9p0s2kf"];

/** `checks` checks of 20 ops: open, 13 lines, 3 changes, a void, a payment, a close. */
export function eveningOps(checks: number, seed = 7): CheckOp[] {
  const random = seeded(seed);
  const seqs = new Map<string, number>();
  let ms = 1_795_460_645_123;
  const ops: CheckOp[] = [];
  const write = (register: string, body: CheckBody): string => {
    const replica = `${register}-a3f9`;
    const seq = (seqs.get(replica) ?? 0) + 1;
    seqs.set(replica, seq);
    ops.push({ replica, seq, stamp: { ms: ms += 1 + Math.floor(random() * 900), count: 0 }, body });
    return `${replica}/${seq}`;
  };
  for (let i = 0; i < checks; i++) {
    const register = REGISTERS[i % REGISTERS.length]!;
    const check = write(register, { kind: "check.open", number: `A${i + 1}`, table: String(1 + i % 12), guests: 2 });
    const lines = Array.from({ length: 13 }, () => {
      const { sku, name, price, taxes } = SAMPLE_MENU[Math.floor(random() * SAMPLE_MENU.length)]!;
      return write(register, { kind: "line.add", check, sku, name, price, quantity: 1, taxes: [...taxes] });
    });
    for (const line of lines.slice(0, 3)) write(register, { kind: "line.edit", check, line, quantity: 2 });
    write(register, { kind: "line.void", check, line: lines[4]!, reason: "Sent back" });
    write(register, { kind: "payment.add", check, tender: "card", amount: 12_345, tip: 1_000 });
    write(register, { kind: "check.close", check, total: 12_345 });
  }
  return ops;
}
