import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXmp } from '../../../../src/methods/metadata/read-xmp.ts';
import { unescapeXml } from '../../../../src/methods/metadata/xml-events.ts';

const packet = (body: string, attributes = ''): Buffer =>
  Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Toolkit 1">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" ${attributes}>${body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  );

const values = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(readXmp(bytes).properties.map(({ path, value }) => [path, value]));

describe('readXmp', () => {
  it('reads properties as attributes and as elements', () => {
    const read = values(packet('<xmp:Rating>3</xmp:Rating>', 'xmp:CreatorTool="Some Editor &amp; Co"'));
    expect(read).toEqual({ 'x:xmptk': 'Toolkit 1', 'xmp:CreatorTool': 'Some Editor & Co', 'xmp:Rating': '3' });
  });

  it('reads arrays, languages and structures of every form', () => {
    const read = values(
      packet(`
<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Тау</rdf:li></rdf:Alt></dc:title>
<exif:Flash rdf:parseType="Resource"><exif:Fired>False</exif:Fired></exif:Flash>
<xmpMM:DerivedFrom rdf:resource="uuid:1"/>
<xmpMM:History><rdf:Seq>
 <rdf:li stEvt:action="created" stEvt:softwareAgent="A"/>
 <rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action></rdf:li>
 <rdf:li><rdf:Description stEvt:action="converted"/></rdf:li>
</rdf:Seq></xmpMM:History>`),
    );
    expect(read).toMatchObject({
      'dc:creator[1]': 'One',
      'dc:creator[2]': 'Two',
      'dc:title[x-default]': 'Тау',
      'exif:Flash/exif:Fired': 'False',
      'xmpMM:DerivedFrom': 'uuid:1',
      'xmpMM:History[1]/stEvt:action': 'created',
      'xmpMM:History[1]/stEvt:softwareAgent': 'A',
      'xmpMM:History[2]/stEvt:action': 'saved',
      'xmpMM:History[3]/stEvt:action': 'converted',
    });
  });

  it('gives the byte at which each property begins, also behind characters of several bytes', () => {
    const bytes = packet('<dc:source>Сурет</dc:source><xmp:Label>end</xmp:Label>');
    const label = readXmp(bytes).properties.find(({ path }) => path === 'xmp:Label');
    expect(bytes.toString('utf8', label?.offsetBytes, (label?.offsetBytes ?? 0) + 10)).toBe('<xmp:Label');
  });

  it('calls a namespace by its usual prefix, whatever the packet calls it', () => {
    const bytes = Buffer.from(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:zz="http://ns.adobe.com/tiff/1.0/" zz:Make="M"/></rdf:RDF>`,
    );
    expect(values(bytes)).toEqual({ 'tiff:Make': 'M' });
  });

  it('reads UTF-16 without offsets', () => {
    const text = `\ufeff${packet('<xmp:Rating>5</xmp:Rating>').toString('utf8')}`;
    const read = readXmp(Buffer.from(text, 'utf16le'));
    expect(read.properties).toContainEqual({ path: 'xmp:Rating', value: '5' });
  });

  it('keeps what stands before the place where the XML breaks', () => {
    const bytes = packet('<xmp:Rating>4</xmp:Rating><dc:creator><rdf:Seq><rdf:li unquoted=x>');
    const read = readXmp(bytes);
    expect(read.brokenAt).toBeGreaterThan(0);
    expect(read.properties).toContainEqual(expect.objectContaining({ path: 'xmp:Rating', value: '4' }));
  });

  it('expands no entity but those of XML itself', () => {
    const bomb = Buffer.from(
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${packet('<dc:source>&b;&#x41;&lt;</dc:source>').toString('utf8')}`,
    );
    expect(values(bomb)['dc:source']).toBe('&b;A<');
    expect(unescapeXml('&#1114112;&#xD800;&nbsp;')).toBe('&#1114112;&#xD800;&nbsp;');
  });

  it('ends in linear time for deep nesting, endless attributes and unclosed tags', () => {
    const hostile = [
      '<a>'.repeat(200_000),
      `<a ${'b:c="d" '.repeat(100_000)}>`,
      '<rdf:li '.repeat(100_000),
      `<rdf:Description>${'<dc:x>'.repeat(40)}${'<dc:y>1</dc:y>'.repeat(50_000)}`,
      '<!--'.repeat(100_000),
    ];
    const started = performance.now();
    for (const text of hostile) readXmp(Buffer.from(text));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('never throws, whatever the bytes', () => {
    const pieces = [
      '<',
      '>',
      '/',
      '"',
      "'",
      '=',
      ' ',
      'rdf:li',
      'rdf:Seq',
      'dc:x',
      '<![CDATA[',
      ']]>',
      '&',
      'é',
      '\0',
      'xmlns:a',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 60 }), (parts) => {
        readXmp(Buffer.from(parts.join('')));
      }),
      { numRuns: 400 },
    );
  });

  it('survives being cut at every byte', () => {
    const bytes = packet('<dc:creator><rdf:Seq><rdf:li>One</rdf:li></rdf:Seq></dc:creator>');
    for (let length = 0; length < bytes.length; length += 1) readXmp(bytes.subarray(0, length));
  });
});
