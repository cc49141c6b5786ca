/** Every rule, in the order of the installer's list: what is set up once, then what happens on an evening. */
import { hubDiskLow, hubOnWifi } from "./hub_rules.ts";
import { dnsDown, hubLinkDown, internetDown, modemDown, routerDown } from "./ladder_rules.ts";
import { hubStorage, registerSilent, unsyncedChanges } from "./live.ts";
import { clockSkew } from "./clock.ts";
import { hubDamaged } from "./damaged.ts";
import { accessPointDown } from "./access_point.ts";
import { addressConflict } from "./address_conflict.ts";
import { multicastBlocked, registersIsolated, relayOnly } from "./between.ts";
import { checkFlagOpen, checkOld } from "./checks.ts";
import { lanSlow } from "./lan.ts";
import { changesLost } from "./losses.ts";
import { otherNetwork } from "./other_network.ts";
import { band2ghz, channelBusy } from "./radio.ts";
import type { Rule } from "./rule.ts";
import { secondDhcp } from "./second_dhcp.ts";
import { secondHub } from "./second_hub.ts";
import { autoLockOn, deviceMixed, deviceTooOld } from "./setup_device.ts";
import { extenderSuspected, sharedNetwork } from "./setup_network.ts";
import { registerUnnamed, tooManyRegisters } from "./setup_registers.ts";
import { appHidden, shiftOpen, syncOff } from "./setup_use.ts";
import { configBehind, versionMismatch, versionOutdated } from "./setup_version.ts";
import { signalWeak } from "./signal.ts";
import { routerCombo } from "./router_combo.ts";
import { tooFar } from "./survey.ts";
import { peerSuspect } from "./suspect.ts";

export const RULES: readonly Rule[] = [
  versionMismatch,
  versionOutdated,
  deviceTooOld,
  deviceMixed,
  routerCombo,
  sharedNetwork,
  tooFar,
  otherNetwork,
  extenderSuspected,
  signalWeak,
  band2ghz,
  channelBusy,
  lanSlow,
  registersIsolated,
  multicastBlocked,
  relayOnly,
  addressConflict,
  secondDhcp,
  tooManyRegisters,
  syncOff,
  shiftOpen,
  registerUnnamed,
  autoLockOn,
  appHidden,
  configBehind,
  hubLinkDown,
  secondHub,
  routerDown,
  modemDown,
  internetDown,
  dnsDown,
  accessPointDown,
  registerSilent,
  unsyncedChanges,
  clockSkew,
  hubStorage,
  hubDamaged,
  hubOnWifi,
  hubDiskLow,
  changesLost,
  peerSuspect,
  checkFlagOpen,
  checkOld,
];
