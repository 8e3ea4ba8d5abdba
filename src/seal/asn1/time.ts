import * as asn1 from 'asn1js';

/** X.509 and CMS times have whole seconds: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 */
export function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** UTCTime through 2049, GeneralizedTime from 2050, as RFC 5280 §4.1.2.5 and RFC 5652 §11.3 both ask. */
export function timeBlock(date: Date): asn1.UTCTime | asn1.GeneralizedTime {
  const valueDate = wholeSeconds(date);
  const year = valueDate.getUTCFullYear();
  return year >= 1950 && year < 2050 ? new asn1.UTCTime({ valueDate }) : new asn1.GeneralizedTime({ valueDate });
}

/** Reads either form; undefined when the block is neither or holds no time. */
export function readTime(block: unknown): Date | undefined {
  if (!(block instanceof asn1.UTCTime) && !(block instanceof asn1.GeneralizedTime)) return undefined;
  const date = block.toDate();
  return Number.isNaN(date.getTime()) ? undefined : date;
}
