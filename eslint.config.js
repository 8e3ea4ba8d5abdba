import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Modules that would open a way out of the machine, or past a wall that stands in one room. */
const network = ['net', 'http', 'https', 'http2', 'dgram', 'tls', 'dns'].flatMap((name) => [name, `node:${name}`]);
const processes = ['child_process', 'node:child_process', 'execa'];

const restricted = (names, message) => names.map((name) => ({ name, message }));

export const wallRules = {
  networkImports: restricted(network, 'Nothing leaves the machine: no network module anywhere.'),
  processImports: restricted(processes, 'Only src/tools starts external programs.'),
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'tests/**/golden/', '**/vendor/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/**/*.ts', 'renderer/**/*.{ts,tsx}', 'electron/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [...wallRules.networkImports, ...wallRules.processImports] }],
      'no-restricted-globals': [
        'error',
        { name: 'WebSocket', message: 'Nothing leaves the machine.' },
        { name: 'XMLHttpRequest', message: 'Nothing leaves the machine.' },
        { name: 'EventSource', message: 'Nothing leaves the machine.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'electron/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Nothing leaves the machine: the engine never fetches.' },
        { name: 'WebSocket', message: 'Nothing leaves the machine.' },
      ],
    },
  },
  {
    files: ['src/tools/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: wallRules.networkImports }] },
  },
  {
    files: ['tests/**/*.ts', 'bench/**/*.{ts,mjs}', 'scripts/**/*.mjs', 'bin/**/*.mjs'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.{mjs,js,cjs}'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    // Parts of it run in the page that it measures.
    files: ['bench/window.mjs'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { globals: { ...globals.browser } },
    // A zustand store's functions do not use `this`; taking them out of it is how they are meant to be used.
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/unbound-method': 'off',
      // These speak of React's compiler, which does not build this window.
      'react-hooks/incompatible-library': 'off',
      'react-hooks/preserve-manual-memoization': 'off',
      'react-hooks/refs': 'off',
      'react-hooks/use-memo': 'off',
      'react-hooks/set-state-in-effect': 'off',
      'no-restricted-properties': [
        'error',
        {
          object: 'navigator',
          property: 'clipboard',
          message: 'It asks for a permission, and Electron’s window grants none: renderer/parts/copy-text.ts.',
        },
      ],
    },
  },
);
