import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cssString, html, type Html } from '../../../../src/report/html/html.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='",
    '</style>',
    '<!--',
    '&lt;',
    ']]>',
    '\u2028',
    '\\',
    '";}',
  ),
);

describe('html', () => {
  it('escapes every string in content and in attributes', () => {
    expect(html`<p title="${'"<&\'>'}">${'<b>&amp;</b>'}</p>`.source).toBe(
      '<p title="&quot;&lt;&amp;&#39;&gt;">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>',
    );
  });

  it('puts markup in markup, lists in their order, and nothing for undefined', () => {
    const items = ['a', 'b'].map((item) => html`<i>${item}</i>`);
    expect(html`<b>${items}${undefined}${3}</b>`.source).toBe('<b><i>a</i><i>b</i>3</b>');
  });

  it('lets no string open a tag, close an attribute or start an entity', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { source } = html`${text}`;
        expect(source).not.toMatch(/[<>"']/);
        expect(source.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });

  it('writes out what cannot be seen', () => {
    expect(html`${'a\u202eb\u0000'}`.source).toBe('a‹U+202E›b‹U+0000›');
  });

  it('takes nothing for markup that it did not make', () => {
    const looksLikeOurs = JSON.parse('{"source":"<b>"}') as Html;
    expect(() => html`${looksLikeOurs}`).toThrow(TypeError);
  });
});

describe('cssString', () => {
  it('is one string of escapes, whatever is in it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(cssString(text)).toMatch(/^"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*"$/);
      }),
    );
  });

  it('keeps blanks and letters of every script', () => {
    expect(cssString('a Қ')).toBe('"a\\000020\\00049a"');
  });
});
