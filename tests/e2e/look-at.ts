import type { TestWindow } from './window.ts';

const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

/** One screenshot at each size that the window must work at, in both themes. */
export async function lookAt(window: TestWindow, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await window.page.evaluate((wanted) => (document.documentElement.dataset['theme'] = wanted), theme);
    for (const size of sizes) {
      await window.page.setViewportSize(size);
      await window.page.waitForTimeout(150);
      await window.screenshot(`${name}-${theme}-${size.width}`);
    }
  }
  await window.page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
  await window.page.setViewportSize({ width: 1280, height: 720 });
  // Colours change over a moment; what is measured next must not be caught in it.
  await window.page.waitForTimeout(200);
}
