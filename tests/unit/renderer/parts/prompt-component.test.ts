import { createElement, Suspense } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { promptComponent } from '../../../../renderer/parts/prompt-component.ts';

const Greeting = ({ name }: { name: string }) => createElement('p', null, `good day ${name}`);

const drawn = (component: Parameters<typeof createElement>[0]): string =>
  renderToString(
    createElement(Suspense, { fallback: 'wait' }, createElement(component as 'p', { name: 'Ada' } as object)),
  );

describe('promptComponent', () => {
  it('stands for its code until that is there, and is shown at once when it is', async () => {
    let loads = 0;
    const Prompt = promptComponent<{ name: string }>(() =>
      Promise.resolve({ default: Greeting }).finally(() => (loads += 1)),
    );
    expect(drawn(Prompt as never)).toContain('wait');
    await Prompt.fetch();
    expect(drawn(Prompt as never)).toContain('good day Ada');
    await Prompt.fetch();
    expect(loads).toBe(1);
  });

  it('asks again for code that could not be had', async () => {
    let fails = true;
    const Prompt = promptComponent<{ name: string }>(() =>
      fails ? Promise.reject(new Error('gone')) : Promise.resolve({ default: Greeting }),
    );
    await expect(Prompt.fetch()).rejects.toThrow('gone');
    fails = false;
    await Prompt.fetch();
    expect(drawn(Prompt as never)).toContain('good day Ada');
  });
});
