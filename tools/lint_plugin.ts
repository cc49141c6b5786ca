/**
 * Our own lint rules. `shared/` is pure: time, chance and ids come in as arguments, so that every test and simulation can choose
 * them. No default exports and no barrels, so that a name has one home.
 */

const NOW = "take `now` as an argument";
const RANDOM = "take `random` as an argument";
const PURE_DATE = ["parse", "UTC"]; // what it does with no look at the clock

/** Globals of which no use is pure. What the language does not have at all (timers, files, pages) is a type error already. */
const IMPURE = new Map([["performance", NOW], ["crypto", RANDOM], ["globalThis", "no way round the other rules"]]);

const isShared = (filename: string) => /[/\\]shared[/\\]/.test(filename) && !/_(test|contract)\.tsx?$/.test(filename);

/** What is wrong with this use of a name, or nothing. A `Date` handed on whole could be asked for the time, so it is refused too. */
function impurity(node: Deno.lint.Identifier): string | undefined {
  const { parent } = node;
  if (parent.type.startsWith("TS") && parent.type !== "TSAsExpression") return; // a type
  if (parent.type === "MemberExpression" && parent.property === node && !parent.computed) return; // another's property
  if (parent.type === "Property" && parent.key === node && !parent.shorthand) return;
  const member = parent.type === "MemberExpression" && !parent.computed && parent.property.type === "Identifier"
    ? parent.property.name
    : undefined;
  switch (node.name) {
    case "Date":
      if (parent.type === "NewExpression" && parent.callee === node && parent.arguments.length > 0) return;
      if (parent.type === "BinaryExpression" && parent.operator === "instanceof") return;
      return member !== undefined && PURE_DATE.includes(member) ? undefined : NOW;
    case "Math":
      return member === undefined || member === "random" ? RANDOM : undefined;
    case "Temporal":
      return member === undefined || member === "Now" ? NOW : undefined;
    default:
      return IMPURE.get(node.name);
  }
}

const plugin: Deno.lint.Plugin = {
  name: "counterpart",
  rules: {
    "pure-shared": {
      create(context) {
        if (!isShared(context.filename)) return {};
        return {
          Identifier(node) {
            const advice = impurity(node);
            if (advice) context.report({ node, message: `shared/ is pure: ${advice}` });
          },
        };
      },
    },
    "no-default-export": {
      create(context) {
        if (context.filename.endsWith("lint_plugin.ts")) return {}; // Deno loads a plugin by its default export
        return {
          ExportDefaultDeclaration(node) {
            context.report({ node, message: "Export by name, so that a thing is called the same everywhere" });
          },
        };
      },
    },
    "no-barrel": {
      create(context) {
        return {
          ExportAllDeclaration(node) {
            context.report({ node, message: "Import from the file that owns the name; no barrels" });
          },
          ExportNamedDeclaration(node) {
            if (node.source) context.report({ node, message: "Import from the file that owns the name; no barrels" });
          },
        };
      },
    },
  },
};

export default plugin;
