import { defineConfig } from '@playwright/test';

/** The e2e suite drives real windows, one program at a time; a test that fails once has failed. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  globalSetup: './test/helpers/build-shell-fixture.ts',
  workers: 1,
  retries: 0,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
