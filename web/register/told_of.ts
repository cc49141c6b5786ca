/** How this register names registers, other checks and money, from what it knows now. */
import { formatMoney } from "../../shared/money.ts";
import type { Told } from "./flag_words.ts";
import { namesFrom } from "./names.ts";
import type { Session } from "./session.ts";

export function toldOf(session: Session): Told {
  const { registerId, name } = session.enrolment.value;
  const digits = session.config.value?.currencyDigits;
  return {
    nameOf: namesFrom({ id: registerId, name }, session.peers.value),
    money: (amount) => formatMoney(amount, digits),
    numberOf: (id) => session.check(id)?.number,
  };
}
