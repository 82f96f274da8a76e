import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** What each house may import, from the ground up. A house that is not named may import all; CONTRIBUTING.md draws them. */
const HOUSES = {
  "versions.ts": [],
  istio: [],
  lib: [],
  components: ["istio", "lib", "versions.ts"],
  scenarios: ["components"],
  settings: ["components", "istio", "lib", "package.json", "scenarios", "versions.ts"],
  "settings.ts": ["lib", "settings"],
  "program.ts": ["components", "settings", "settings.ts"],
  "index.ts": ["program.ts"],
  policies: ["istio", "lib", "package.json", "versions.ts"],
  testbed: ["components", "lib", "versions.ts"],
  verify: ["components", "istio", "lib", "tools"],
  report: ["istio", "lib", "policies", "tools"],
};

const boundaries = Object.entries(HOUSES).map(([house, below]) => ({
  target: `./${house}`,
  from: ".",
  except: [`./${house}`, "./node_modules", ...below.map((name) => `./${name}`)],
  message: `${house} may import ${["itself", ...below].join(", ")}: see CONTRIBUTING.md`,
}));

const NO_SHELL = "no shell: it runs what stands in a value. Give run() or spawn() a program and its arguments";

export default defineConfig(
  { ignores: ["node_modules/", ".state/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A resource is declared by its construction; whether anything refers to it is another matter.
      "no-new": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // The Kubernetes client declares its models as classes and takes plain objects.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    // What a stack file or a variable says is an argument of a program, never a part of a line that a shell reads.
    files: ["**/*.ts"],
    ignores: ["test/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...[
          "ImportSpecifier[imported.name=/^exec(Sync)?$/]",
          "MemberExpression[object.name=/^(child_process|childProcess|cp)$/][property.name=/^exec(Sync)?$/]",
          "Property[key.name='shell']",
          // A script that is put together; what it is to read, it can be given as an argument.
          [
            "CallExpression[callee.name=/^(run|outcomeOf|spawn|spawnSync|execFile|execFileSync)$/]",
            "[arguments.0.value=/^(\\S*\\/)?(ba|da|z|k)?sh$/]",
            " > ArrayExpression.arguments > :nth-child(2):not(Literal):not(TemplateLiteral[expressions.length=0])",
          ].join(""),
        ].map((selector) => ({ selector, message: NO_SHELL })),
      ],
    },
  },
  {
    files: ["**/*.ts"],
    plugins: { "import-x": importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".cjs", ".mjs"] })],
    },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-restricted-paths": ["error", { zones: boundaries, basePath: import.meta.dirname }],
    },
  },
  {
    // Objects of an API server have no static type: any kind may be installed in a cluster.
    files: ["testbed/pulumi/**/*.ts", "test/testbed/pulumi/**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  prettier,
);
