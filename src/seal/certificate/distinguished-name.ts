import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { readDer, toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';

/** The parts of an X.500 name that people are shown. https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4 */
export interface DistinguishedName {
  readonly commonName?: string;
  readonly organisationalUnit?: string;
  readonly organisation?: string;
  /** ISO 3166 two-letter code. */
  readonly country?: string;
}

const attributeTypes = [
  ['country', oid.countryName],
  ['organisation', oid.organisationName],
  ['organisationalUnit', oid.organisationalUnitName],
  ['commonName', oid.commonName],
] as const;

/** The name in the customary order C, O, OU, CN, one attribute a step. The caller has checked lengths and characters. */
export function writeName(name: DistinguishedName): pkijs.RelativeDistinguishedNames {
  const steps = attributeTypes.flatMap(([part, type]) => {
    const value = name[part];
    if (value === undefined) return [];
    // X.520: countryName is a PrintableString; the others may be any DirectoryString, of which RFC 5280 prefers UTF-8.
    const text = part === 'country' ? new asn1.PrintableString({ value }) : new asn1.Utf8String({ value });
    const attribute = new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: type }), text] });
    return [new asn1.Set({ value: [attribute] })];
  });
  // pkijs would write one step of several attributes; given as bytes, it keeps ours as they are.
  return new pkijs.RelativeDistinguishedNames({ schema: readDer(toDer(new asn1.Sequence({ value: steps }))) });
}

/** Reads the parts we show. A part that occurs more than once is shown with all its values. */
export function readName(name: pkijs.RelativeDistinguishedNames): DistinguishedName {
  const entries = attributeTypes.flatMap(([part, type]) => {
    const values = name.typesAndValues.filter((attribute) => attribute.type === type).map(attributeText);
    return values.length === 0 ? [] : [[part, values.join(' / ')] as const];
  });
  return Object.fromEntries(entries);
}

function attributeText(attribute: pkijs.AttributeTypeAndValue): string {
  const value: unknown = (attribute.value as { valueBlock?: { value?: unknown } }).valueBlock?.value;
  return typeof value === 'string' ? showable(value) : '';
}

/**
 * SECURITY: a stranger's certificate chooses these characters. Controls and marks that turn the direction of writing
 * could make one name look like another on a terminal or in a report; they are shown as U+FFFD.
 */
export function showable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\uFFFD');
}
