import { describe, expect, it } from 'vitest';
import { openTestWindow } from './window.ts';

describe('the window in Chromium', () => {
  it('shows the page', async () => {
    const window = await openTestWindow();
    try {
      await window.page.locator('.window').waitFor();
      expect(await window.page.title()).toBe('Assay');
      await window.screenshot('host-chromium');
    } finally {
      await window.close();
    }
  });
});
