/**
 * The register's icons as PNG, drawn by hand: iPads take no SVG for the home screen, and a picture file nobody can read in a review. The same
 * drawing as `ui/favicon.svg`, on a grid of 32.
 */
type Colour = readonly [red: number, green: number, blue: number];

const GRID = 32;
const SAMPLES = 4; // across each pixel, in both directions: smooth edges
const GROUND: Colour = [0x23, 0x20, 0x1b];
const LEFT: Colour = [0xf4, 0xef, 0xe6];
const RIGHT: Colour = [0xe0, 0xa5, 0x44];
const RADIUS = 9; // of the two half discs
const CORNER = 7;
const MASKED_SCALE = 0.8; // a system that cuts icons to its own shape leaves the inner four fifths

/** rounded: with its own corners; full: to the edge, as iPads want it; masked: to the edge, the drawing well inside. */
export type IconShape = "rounded" | "full" | "masked";

export async function drawIcon(size: number, shape: IconShape): Promise<Uint8Array> {
  const rows = new Uint8Array(size * (1 + size * 4)); // each row begins with its filter, 0: none
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) rows.set(pixel(x, y, size, shape), y * (1 + size * 4) + 1 + x * 4);
  }
  return await png(size, rows);
}

/** Red, green, blue, opacity: the mean of its samples. */
function pixel(x: number, y: number, size: number, shape: IconShape): number[] {
  const sum = [0, 0, 0];
  let hits = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const colour = colourAt(at(x, i % SAMPLES), at(y, Math.floor(i / SAMPLES)));
    if (!colour) continue;
    colour.forEach((value, channel) => sum[channel]! += value);
    hits++;
  }
  return [...sum.map((value) => hits === 0 ? 0 : Math.round(value / hits)), Math.round(255 * hits / SAMPLES ** 2)];

  function at(position: number, sample: number): number {
    return (position + (sample + 0.5) / SAMPLES) * GRID / size;
  }
  function colourAt(gx: number, gy: number): Colour | undefined {
    if (shape === "rounded" && !isInside(gx, gy)) return undefined;
    const scale = shape === "masked" ? MASKED_SCALE : 1;
    return drawn((gx - GRID / 2) / scale + GRID / 2, (gy - GRID / 2) / scale + GRID / 2);
  }
}

function drawn(x: number, y: number): Colour {
  if (x < 15 && Math.hypot(x - 15, y - 15) < RADIUS) return LEFT;
  if (x > 17 && Math.hypot(x - 17, y - 17) < RADIUS) return RIGHT;
  return GROUND;
}

function isInside(x: number, y: number): boolean {
  const beyond = (value: number) => Math.max(CORNER - value, value - (GRID - CORNER), 0);
  return Math.hypot(beyond(x), beyond(y)) <= CORNER;
}

async function png(size: number, rows: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate")));
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, size);
  new DataView(header.buffer).setUint32(4, size);
  header.set([8, 6], 8); // 8 bits a channel; colour with opacity
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", await packed.bytes()),
    chunk("IEND", new Uint8Array()),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** The CRC-32 that PNG asks for. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}
