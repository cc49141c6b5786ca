/** What a venue sells. A line on a check copies name, price and tax from here at the moment of ordering, and keeps them. */
import { z } from "zod";
import { PRICE_MAX, RATE_MAX } from "./money.ts";

/** A tax on a line: basis points (8.875 % is 887.5), on top of the price or inside it. */
export const Tax = z.object({
  name: z.string().trim().min(1).max(30),
  rate: z.number().min(0).max(RATE_MAX).multipleOf(0.01),
  mode: z.enum(["exclusive", "inclusive"]),
});
export type Tax = z.infer<typeof Tax>;

export const TAXES_MAX = 4; // kinds of tax on one line

export const MenuItem = z.object({
  sku: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(60),
  category: z.string().trim().min(1).max(40),
  price: z.number().int().min(0).max(PRICE_MAX),
  taxes: z.array(Tax).max(TAXES_MAX),
});
export type MenuItem = z.infer<typeof MenuItem>;

const SALES_TAX: Tax = { name: "Sales tax", rate: 887.5, mode: "exclusive" };

/** A small menu, so that a new venue can sell within a minute of setup. */
export const SAMPLE_MENU: readonly MenuItem[] = [
  ["burger", "Burger", "Kitchen", 1450],
  ["fries", "Fries", "Kitchen", 550],
  ["salad", "House salad", "Kitchen", 1100],
  ["soup", "Soup of the day", "Kitchen", 750],
  ["steak", "Steak", "Kitchen", 2850],
  ["pasta", "Pasta", "Kitchen", 1600],
  ["lager", "Lager", "Bar", 650],
  ["ale", "Pale ale", "Bar", 700],
  ["red", "Glass of red", "Bar", 900],
  ["white", "Glass of white", "Bar", 900],
  ["cola", "Cola", "Bar", 350],
  ["water", "Still water", "Bar", 300],
  ["espresso", "Espresso", "Coffee", 300],
  ["latte", "Latte", "Coffee", 450],
  ["tea", "Tea", "Coffee", 350],
  ["cake", "Cake", "Dessert", 650],
].map(([sku, name, category, price]) => MenuItem.parse({ sku, name, category, price, taxes: [SALES_TAX] }));
