import type { BoxSpec } from './box-spec.ts';
import { codecConfigurationBoxes } from './boxes/codec-configuration.ts';
import { editListBoxes } from './boxes/edit-list.ts';
import { elementaryStreamBoxes } from './boxes/elementary-stream.ts';
import { extendedTypeSpec, jumbfBoxes } from './boxes/extended-type.ts';
import { fileTypeBoxes } from './boxes/file-type.ts';
import { fragmentBoxes } from './boxes/fragment.ts';
import { freeSpaceBoxes } from './boxes/free-space.ts';
import { handlerBoxes, trackReference } from './boxes/handler.ts';
import { itemChildBoxes, itemListBoxes, itemSpec } from './boxes/item-list.ts';
import { movieHeaderBoxes } from './boxes/movie-header.ts';
import { picturePropertyBoxes } from './boxes/picture-properties.ts';
import { protectionBoxes } from './boxes/protection.ts';
import { sampleDescriptionBoxes, sampleEntrySpec } from './boxes/sample-entry.ts';
import { sampleGroupBoxes } from './boxes/sample-groups.ts';
import { samplePlaceBoxes } from './boxes/sample-places.ts';
import { sampleSizeBoxes } from './boxes/sample-sizes.ts';
import { sampleTimeBoxes } from './boxes/sample-times.ts';
import { soundConfigurationBoxes } from './boxes/sound-configuration.ts';
import { entityGroup, itemReference, storedItemBoxes } from './boxes/stored-item.ts';
import { internationalTextBox, userDataBoxes } from './boxes/user-data.ts';

const container: BoxSpec = { children: true };
const opaque: BoxSpec = {};

/** Boxes that only hold boxes, and boxes whose contents are the media itself and never read. */
const plainBoxes: Readonly<Record<string, BoxSpec>> = {
  moov: container,
  trak: { children: true, scoped: true },
  edts: container,
  mdia: container,
  minf: container,
  dinf: container,
  stbl: container,
  mvex: container,
  moof: container,
  traf: container,
  mfra: container,
  udta: container,
  tref: container,
  strk: container,
  tapt: container,
  gmhd: container,
  meco: container,
  meta: { children: true, scoped: true },
  ilst: container,
  ...Object.fromEntries(
    [
      ...[
        'mdat',
        'imda',
        'pnot',
        'PICT',
        'pdin',
        'nmhd',
        'hmhd',
        'sthd',
        'gmin',
        'tmcd',
        'load',
        'matt',
        'clip',
        'crgn',
      ],
      ...[
        'subs',
        'padb',
        'stdp',
        'stsh',
        'clef',
        'prof',
        'enof',
        'bxml',
        'xml ',
        'cmov',
        'tims',
        'tsro',
        'kmat',
        'text',
      ],
      ...['ftab', 'dcom', 'cmvd', 'ctab', 'ID32', 'CCTP'],
    ].map((type) => [type, opaque]),
  ),
};

const byType = new Map<string, BoxSpec>(
  Object.entries({
    ...plainBoxes,
    ...fileTypeBoxes,
    ...movieHeaderBoxes,
    ...handlerBoxes,
    ...editListBoxes,
    ...sampleDescriptionBoxes,
    ...sampleTimeBoxes,
    ...sampleSizeBoxes,
    ...samplePlaceBoxes,
    ...sampleGroupBoxes,
    ...codecConfigurationBoxes,
    ...elementaryStreamBoxes,
    ...soundConfigurationBoxes,
    ...picturePropertyBoxes,
    ...fragmentBoxes,
    ...itemListBoxes,
    ...storedItemBoxes,
    ...freeSpaceBoxes,
    ...protectionBoxes,
    ...jumbfBoxes,
  }),
);
const inUserData = new Map(Object.entries(userDataBoxes));
const inItem = new Map(Object.entries(itemChildBoxes));

/** Kinds of reference, of sample entries and of entity groups that documents name; others are kept as unknown. */
const referenceKinds = new Set(
  'hint cdsc chap tmcd sync ssrc subt font scpt vdep vplx hind fall forc clcp folw auxl dimg thmb base prem exbl iloc cdep'.split(
    ' ',
  ),
);
const sampleEntries = new Set(
  [
    'avc1,avc2,avc3,avc4,hvc1,hev1,vvc1,vvi1,av01,vp08,vp09,mp4v,mp4a,mp4s,s263,samr,sawb,sawp,sqcp,sevc,ac-3,ec-3,ac-4',
    'Opus,fLaC,alac,jpeg,mjpa,mjpb,png ,tiff,raw ,twos,sowt,in24,in32,fl32,fl64,ulaw,alaw,ima4,MAC3,MAC6,agsm,QDM2,QDMC',
    'Qclp,.mp3,lpcm,ipcm,fpcm,apcn,apch,apcs,apco,ap4h,ap4x,ap4c,AVdn,AVdh,icod,rle ,cvid,SVQ1,SVQ3,h263,dvc ,dvcp,dvpp',
    'dv5n,dv5p,dvh1,dvhe,dvav,dva1,encv,enca,encs,text,tx3g,wvtt,stpp,sbtt,stxt,c608,c708,tmcd,gpmd,rtmd,mebx,fdsc,metx',
    'mett,urim,rtp ,sdp ,mha1,mhm1,dtsc,dtsh,dtse,dtsl,dtsx,mlpa,xdvb,CFHD,hap1,Hap1,HapY,v210,v408,2vuy,yuv2,mjp2,ssif,camm',
  ].flatMap((line) => line.split(',')),
);

export interface BoxMeaning {
  readonly known: boolean;
  readonly spec: BoxSpec;
}

/** What a box is, by its type and where it stands: the same four letters mean different things in different boxes. */
export function boxMeaning(
  type: string,
  parentType: string,
  grandparentType: string,
  handler: string | undefined,
  extendedType: string | undefined,
): BoxMeaning {
  if (parentType === 'stsd') return { known: sampleEntries.has(type), spec: sampleEntrySpec(type, handler) };
  if (parentType === 'tref') return { known: referenceKinds.has(type), spec: trackReference };
  if (parentType === 'iref') return { known: referenceKinds.has(type), spec: itemReference };
  if (parentType === 'grpl') return { known: true, spec: entityGroup };
  if (parentType === 'ilst') return { known: true, spec: itemSpec };
  if (grandparentType === 'ilst' && inItem.has(type)) return knownAs(inItem.get(type));
  if (parentType === 'udta' && inUserData.has(type)) return knownAs(inUserData.get(type));
  if (parentType === 'udta' && type.startsWith('©')) return { known: true, spec: internationalTextBox };
  // QuickTime repeats the format's name in `gmhd` and `wave`, and ends `wave` with a box without name and contents.
  if (parentType === 'gmhd' && sampleEntries.has(type)) return knownAs(opaque);
  if (parentType === 'wave' && (sampleEntries.has(type) || type === terminator)) return knownAs(opaque);
  if (type === 'uuid') return { known: true, spec: extendedTypeSpec(extendedType) };
  const spec = byType.get(type);
  return spec === undefined ? { known: false, spec: opaque } : { known: true, spec };
}

const terminator = '\\x00\\x00\\x00\\x00';

function knownAs(spec: BoxSpec | undefined): BoxMeaning {
  return { known: true, spec: spec ?? opaque };
}

const topLevel = new Set(
  'ftyp styp moov moof mdat free skip wide meta meco pnot PICT pdin mfra sidx ssix prft emsg uuid imda jumb udta'.split(
    ' ',
  ),
);

/** True for types that stand at the top of a file: what decides whether bytes there are a box at all. */
export function isTopLevelBox(type: string): boolean {
  return topLevel.has(type);
}
