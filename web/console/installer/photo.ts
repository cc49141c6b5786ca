/** A photo, made small enough to be kept with an answer: what matters on it is a box and its cables. */
import { PHOTO_MAX } from "../../../shared/install/survey.ts";

const EDGES = [640, 480, 320]; // pixels of the longer side, tried in turn until it fits
const QUALITY = 0.6;

/** As a data URL; undefined when it cannot be read. */
export async function smallPhoto(file: Blob): Promise<string | undefined> {
  try {
    const image = await createImageBitmap(file); // no URL of its own, which the page's policy would refuse
    return EDGES.map((edge) => scaled(image, edge)).find((photo) => photo.length <= PHOTO_MAX);
  } catch {
    return undefined;
  }
}

function scaled(image: ImageBitmap, edge: number): string {
  const factor = Math.min(1, edge / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * factor));
  canvas.height = Math.max(1, Math.round(image.height * factor));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
}
