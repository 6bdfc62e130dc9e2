import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Time, chance and new ids come from platform/ only, so that everything else can be tested and replayed. */
const impureGlobals = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'take a Clock (platform/clock.ts)' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'take a Clock (platform/clock.ts)' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'take a Clock (platform/clock.ts)' },
  { selector: 'TSEnumDeclaration', message: 'use a union of string literals' },
  { selector: 'ExportDefaultDeclaration', message: 'named exports only' },
  {
    selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression',
    message: 'a function declaration at top level',
  },
];

/** Settings that would take down Electron's walls. */
const electronWalls = [
  { selector: "Property[key.name='nodeIntegration'][value.value=true]", message: 'the window never gets Node' },
  { selector: "Property[key.name='contextIsolation'][value.value=false]", message: 'the preload stays isolated' },
  { selector: "Property[key.name='sandbox'][value.value=false]", message: 'the window stays in its sandbox' },
  { selector: "Property[key.name='webSecurity'][value.value=false]", message: 'web security stays on' },
  { selector: "Property[key.name='allowRunningInsecureContent'][value.value=true]", message: 'no insecure content' },
  { selector: "Property[key.name='experimentalFeatures'][value.value=true]", message: 'no experimental features' },
  { selector: "Property[key.name='enableBlinkFeatures']", message: 'no Blink feature switches' },
  { selector: "Property[key.name=/bypassCSP|allowServiceWorkers|allowExtensions|corsEnabled/]", message: 'the scheme gets no such privilege' },
  { selector: "CallExpression[callee.property.name='sendSync']", message: 'no synchronous IPC' },
];

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'coverage/', 'screenshots/', 'test-results/', 'node_modules/', 'scripts/**', 'src-kernels/**', 'test/**/fixtures/**/*.{js,cjs}', '*.config.*', '.dependency-cruiser.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['src-shared/tsconfig.json', 'src-main/tsconfig.json', 'src-renderer/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-syntax': ['error', ...impureGlobals, ...electronWalls],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['src-main/platform/**'], rules: { 'no-restricted-syntax': ['error', ...electronWalls] } },
  { files: ['src-renderer/**'], plugins: { 'react-hooks': reactHooks }, rules: { ...reactHooks.configs.recommended.rules } },
  {
    files: ['test/**'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
