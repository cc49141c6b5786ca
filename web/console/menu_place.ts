/** What the menu's dialog shows: the whole list, or one thing to change in it. */

export type MenuPlace =
  | { readonly kind: "list" }
  | { readonly kind: "item"; readonly sku: string | null } // null: a new one
  | { readonly kind: "taxes" }
  | { readonly kind: "import"; readonly file: File };
