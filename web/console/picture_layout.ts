/**
 * Where things stand in the picture of the venue: internet, router and hub in a line, the registers in an arc around the hub. Wide,
 * the line lies to the left of the arc; narrow, it bends at the router and the arc hangs below. In CSS pixels, so text keeps its size.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PictureLayout {
  readonly shape: "wide" | "narrow";
  readonly width: number;
  readonly height: number;
  readonly internet: Point;
  readonly router: Point;
  readonly hub: Point;
  readonly registers: readonly Point[];
}

const NARROW_BELOW = 500; // a label beside each register no longer fits
const ROW = 46; // height that a register with two lines of label needs
const LABEL = 136; // width kept free for the label beside a register
const HALF_ARC_DEGREES = 64; // the arc stays clear of the line
const NARROW_HALF_ARC_DEGREES = 74;

export function layOut(width: number, registers: number): PictureLayout {
  return width < NARROW_BELOW ? narrow(width, registers) : wide(width, registers);
}

function wide(width: number, registers: number): PictureLayout {
  const height = Math.max(256, registers * ROW + 48);
  const y = height / 2;
  const hub = { x: Math.round(width * 0.36), y };
  const rx = Math.min(width - hub.x - LABEL, 320);
  const points = spread(registers, HALF_ARC_DEGREES).map((angle) => onArc(hub, rx, height / 2 - 40, angle));
  return {
    shape: "wide",
    width,
    height,
    internet: { x: 40, y },
    router: { x: Math.round((40 + hub.x) / 2), y },
    hub,
    registers: points,
  };
}

function narrow(width: number, registers: number): PictureLayout {
  const hub = { x: width / 2, y: 128 };
  const points = spread(registers, NARROW_HALF_ARC_DEGREES)
    .map((angle) => onArc(hub, width / 2 - 46, 128, angle + 90))
    .reverse(); // so that the first stands left
  return {
    shape: "narrow",
    width,
    height: 312,
    internet: { x: 46, y: 40 },
    router: { x: width / 2, y: 40 },
    hub,
    registers: points,
  };
}

/** Angles in degrees, evenly from -half to +half; one alone stands in the middle, two stand closer. */
function spread(count: number, half: number): number[] {
  if (count === 1) return [0];
  const reach = count === 2 ? half * 0.75 : half;
  return Array.from({ length: count }, (_, index) => -reach + (2 * reach * index) / (count - 1));
}

function onArc(centre: Point, rx: number, ry: number, degrees: number): Point {
  const radians = degrees * Math.PI / 180;
  return { x: Math.round(centre.x + rx * Math.cos(radians)), y: Math.round(centre.y + ry * Math.sin(radians)) };
}
