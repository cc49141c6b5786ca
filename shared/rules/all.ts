/** Every rule, in the order of the installer's list: what is set up once, then what happens on an evening. */
import { checkFlagOpen, checkOld } from "./checks.ts";
import { hubDamaged } from "./damaged.ts";
import { changesLost } from "./losses.ts";
import { clockSkew, hubStorage, registerSilent, routerDown, unsyncedChanges } from "./live.ts";
import { otherNetwork } from "./other_network.ts";
import type { Rule } from "./rule.ts";
import { autoLockOn, deviceMixed, deviceTooOld } from "./setup_device.ts";
import { extenderSuspected, sharedNetwork } from "./setup_network.ts";
import { registerUnnamed, tooManyRegisters } from "./setup_registers.ts";
import { appHidden, shiftOpen, syncOff } from "./setup_use.ts";
import { configBehind, versionMismatch, versionOutdated } from "./setup_version.ts";
import { signalWeak } from "./signal.ts";
import { peerSuspect } from "./suspect.ts";

export const RULES: readonly Rule[] = [
  versionMismatch,
  versionOutdated,
  deviceTooOld,
  deviceMixed,
  sharedNetwork,
  otherNetwork,
  extenderSuspected,
  signalWeak,
  tooManyRegisters,
  syncOff,
  shiftOpen,
  registerUnnamed,
  autoLockOn,
  appHidden,
  configBehind,
  routerDown,
  registerSilent,
  unsyncedChanges,
  clockSkew,
  hubStorage,
  hubDamaged,
  changesLost,
  peerSuspect,
  checkFlagOpen,
  checkOld,
];
