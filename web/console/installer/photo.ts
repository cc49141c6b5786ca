/** A photo, made small enough to be kept with an answer: what matters on it is a box and its cables. */
import { PHOTO_MAX } from "../../../shared/install/survey.ts";

const EDGES = [640, 480, 320]; // pixels of the longer side, tried in turn until it fits
const QUALITY = 0.6;

/** As a data URL; undefined when it cannot be read. */
export async function smallPhoto(file: Blob): Promise<string | undefined> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return EDGES.map((edge) => scaled(image, edge)).find((photo) => photo.length <= PHOTO_MAX);
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function scaled(image: HTMLImageElement, edge: number): string {
  const factor = Math.min(1, edge / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * factor));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * factor));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
}
