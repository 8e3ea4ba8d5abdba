import { describe, expect, it } from 'vitest';
import { Previews } from '../../../src/workbench/previews.ts';

const get = (previews: Previews, address: string) =>
  previews.source(new URL(address, 'https://assay.invalid'), new Request('https://assay.invalid/'));

describe('Previews', () => {
  it('serves a kept page under its own policy: no script, nothing from outside, no way out', async () => {
    const previews = new Previews();
    const response = await get(previews, previews.keep('<p>draft</p>'));
    expect(await response?.text()).toBe('<p>draft</p>');
    const policy = response?.headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "form-action 'none'", 'sandbox']));
    expect(policy.some((directive) => directive.startsWith('script-src'))).toBe(false);
    expect(response?.headers.get('cache-control')).toBe('no-store');
  });

  it('keeps the page that is shown and the one before it, no more', async () => {
    const previews = new Previews();
    const [first, second, third] = ['1', '2', '3'].map((html) => previews.keep(html));
    expect(await get(previews, first ?? '')).toBeUndefined();
    expect(await (await get(previews, second ?? ''))?.text()).toBe('2');
    expect(await (await get(previews, third ?? ''))?.text()).toBe('3');
  });

  it('keeps a page that is drawn again', async () => {
    const previews = new Previews();
    const address = previews.keep('1');
    previews.keep('2');
    expect(previews.keep('1')).toBe(address);
    previews.keep('3');
    expect(await (await get(previews, address))?.text()).toBe('1');
  });
});
