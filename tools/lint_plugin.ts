/**
 * Our own lint rules. `shared/` is pure: time, chance and ids come in as arguments, so that every test and simulation can choose
 * them. No default exports and no barrels, so that a name has one home.
 */

const IMPURE = new Map([
  ["Date.now", "take `now` as an argument"],
  ["Math.random", "take `random` as an argument"],
  ["performance.now", "take `now` as an argument"],
  ["crypto.randomUUID", "take `random` as an argument"],
  ["crypto.getRandomValues", "take `random` as an argument"],
  ["Temporal.Now", "take `now` as an argument"],
]);

const isShared = (filename: string) => /[/\\]shared[/\\]/.test(filename) && !filename.endsWith("_test.ts");

const plugin: Deno.lint.Plugin = {
  name: "counterpart",
  rules: {
    "pure-shared": {
      create(context) {
        if (!isShared(context.filename)) return {};
        return {
          MemberExpression(node) {
            if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
            const advice = IMPURE.get(`${node.object.name}.${node.property.name}`);
            if (advice) context.report({ node, message: `shared/ is pure: ${advice}` });
          },
          NewExpression(node) {
            if (node.callee.type !== "Identifier" || node.callee.name !== "Date" || node.arguments.length > 0) return;
            context.report({ node, message: "shared/ is pure: take `now` as an argument" });
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
