import { defineConfig } from 'vitest/config';

const shared = { environment: 'node', testTimeout: 30_000, hookTimeout: 120_000 } as const;

export default defineConfig({
  test: {
    globalSetup: ['tests/global-setup.ts'],
    projects: [
      { extends: true, test: { ...shared, name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      { extends: true, test: { ...shared, name: 'fuzz', include: ['tests/fuzz/**/*.test.ts'], testTimeout: 120_000 } },
      {
        extends: true,
        test: { ...shared, name: 'integration', include: ['tests/integration/**/*.test.ts'], testTimeout: 180_000 },
      },
      {
        extends: true,
        test: { ...shared, name: 'conformance', include: ['tests/conformance/**/*.test.ts'], testTimeout: 180_000 },
      },
      { extends: true, test: { ...shared, name: 'e2e', include: ['tests/e2e/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
