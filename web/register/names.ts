/** Names of registers, from what the hub told of them. */
import type { RegisterId } from "../../shared/ids.ts";

interface Named {
  readonly id: RegisterId;
  readonly name: string;
}

export type NameOf = (id: RegisterId | undefined) => string;

/** A register that is not in the list was removed from the venue, or the list is not here yet. */
export function namesFrom(own: Named, peers: readonly Named[]): NameOf {
  const names = new Map([...peers, own].map(({ id, name }) => [id, name]));
  return (id) => (id === undefined ? undefined : names.get(id)) ?? "Another register";
}
