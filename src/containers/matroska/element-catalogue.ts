/**
 * m: master (holds elements), u: unsigned, i: signed, f: float, s: ASCII, 8: UTF-8, d: date, b: binary.
 */
export type ElementKind = 'm' | 'u' | 'i' | 'f' | 's' | '8' | 'd' | 'b';

export interface ElementMeaning {
  readonly id: number;
  readonly kind: ElementKind;
  readonly name: string;
}

/** Elements of EBML (RFC 8794 §11) and Matroska (RFC 9559 §5.1, §27.1; with those its earlier versions had): id, kind, name. */
const table = `
1A45DFA3 m EBML, 4286 u EBMLVersion, 42F7 u EBMLReadVersion, 42F2 u EBMLMaxIDLength, 42F3 u EBMLMaxSizeLength, 4282 s DocType
4287 u DocTypeVersion, 4285 u DocTypeReadVersion, 4281 m DocTypeExtension, 4283 s DocTypeExtensionName
4284 u DocTypeExtensionVersion, EC b Void, BF b CRC-32

18538067 m Segment, 114D9B74 m SeekHead, 4DBB m Seek, 53AB b SeekID, 53AC u SeekPosition
1549A966 m Info, 73A4 b SegmentUUID, 7384 8 SegmentFilename, 3CB923 b PrevUUID, 3C83AB 8 PrevFilename, 3EB923 b NextUUID
3E83BB 8 NextFilename, 4444 b SegmentFamily, 6924 m ChapterTranslate, 69A5 b ChapterTranslateID, 69BF u ChapterTranslateCodec
69FC u ChapterTranslateEditionUID, 2AD7B1 u TimestampScale, 4489 f Duration, 4461 d DateUTC, 7BA9 8 Title
4D80 8 MuxingApp, 5741 8 WritingApp

1F43B675 m Cluster, E7 u Timestamp, 5854 m SilentTracks, 58D7 u SilentTrackNumber, A7 u Position, AB u PrevSize
A3 b SimpleBlock, A0 m BlockGroup, A1 b Block, A2 b BlockVirtual, 75A1 m BlockAdditions, A6 m BlockMore, A5 b BlockAdditional
EE u BlockAddID, 9B u BlockDuration, FA u ReferencePriority, FB i ReferenceBlock, FD i ReferenceVirtual, A4 b CodecState
75A2 i DiscardPadding, 8E m Slices, E8 m TimeSlice, CC u LaceNumber, CD u FrameNumber, CB u BlockAdditionID, CE u Delay
CF u SliceDuration, C8 m ReferenceFrame, C9 u ReferenceOffset, CA u ReferenceTimestamp, AF b EncryptedBlock

1654AE6B m Tracks, AE m TrackEntry, D7 u TrackNumber, 73C5 u TrackUID, 83 u TrackType, B9 u FlagEnabled, 88 u FlagDefault
55AA u FlagForced, 55AB u FlagHearingImpaired, 55AC u FlagVisualImpaired, 55AD u FlagTextDescriptions, 55AE u FlagOriginal
55AF u FlagCommentary, 9C u FlagLacing, 6DE7 u MinCache, 6DF8 u MaxCache, 23E383 u DefaultDuration
234E7A u DefaultDecodedFieldDuration, 23314F f TrackTimestampScale, 537F i TrackOffset, 55EE u MaxBlockAdditionID
41E4 m BlockAdditionMapping, 41F0 u BlockAddIDValue, 41A4 s BlockAddIDName, 41E7 u BlockAddIDType, 41ED b BlockAddIDExtraData
536E 8 Name, 22B59C s Language, 22B59D s LanguageBCP47, 86 s CodecID, 63A2 b CodecPrivate, 258688 8 CodecName
7446 u AttachmentLink, 3A9697 8 CodecSettings, 3B4040 s CodecInfoURL, 26B240 s CodecDownloadURL, AA u CodecDecodeAll
6FAB u TrackOverlay, 56AA u CodecDelay, 56BB u SeekPreRoll, 6624 m TrackTranslate, 66A5 b TrackTranslateTrackID
66BF u TrackTranslateCodec, 66FC u TrackTranslateEditionUID

E0 m Video, 9A u FlagInterlaced, 9D u FieldOrder, 53B8 u StereoMode, 53C0 u AlphaMode, 53B9 u OldStereoMode, B0 u PixelWidth
BA u PixelHeight, 54AA u PixelCropBottom, 54BB u PixelCropTop, 54CC u PixelCropLeft, 54DD u PixelCropRight, 54B0 u DisplayWidth
54BA u DisplayHeight, 54B2 u DisplayUnit, 54B3 u AspectRatioType, 2EB524 b UncompressedFourCC, 2FB523 f GammaValue
2383E3 f FrameRate, 55B0 m Colour, 55B1 u MatrixCoefficients, 55B2 u BitsPerChannel, 55B3 u ChromaSubsamplingHorz
55B4 u ChromaSubsamplingVert, 55B5 u CbSubsamplingHorz, 55B6 u CbSubsamplingVert, 55B7 u ChromaSitingHorz
55B8 u ChromaSitingVert, 55B9 u Range, 55BA u TransferCharacteristics, 55BB u Primaries, 55BC u MaxCLL, 55BD u MaxFALL
55D0 m MasteringMetadata, 55D1 f PrimaryRChromaticityX, 55D2 f PrimaryRChromaticityY, 55D3 f PrimaryGChromaticityX
55D4 f PrimaryGChromaticityY, 55D5 f PrimaryBChromaticityX, 55D6 f PrimaryBChromaticityY, 55D7 f WhitePointChromaticityX
55D8 f WhitePointChromaticityY, 55D9 f LuminanceMax, 55DA f LuminanceMin, 7670 m Projection, 7671 u ProjectionType
7672 b ProjectionPrivate, 7673 f ProjectionPoseYaw, 7674 f ProjectionPosePitch, 7675 f ProjectionPoseRoll
E1 m Audio, B5 f SamplingFrequency, 78B5 f OutputSamplingFrequency, 9F u Channels, 7D7B b ChannelPositions, 6264 u BitDepth
52F1 u Emphasis

E2 m TrackOperation, E3 m TrackCombinePlanes, E4 m TrackPlane, E5 u TrackPlaneUID, E6 u TrackPlaneType, E9 m TrackJoinBlocks
ED u TrackJoinUID, C0 u TrickTrackUID, C1 b TrickTrackSegmentUID, C6 u TrickTrackFlag, C7 u TrickMasterTrackUID
C4 b TrickMasterTrackSegmentUID, 6D80 m ContentEncodings, 6240 m ContentEncoding, 5031 u ContentEncodingOrder
5032 u ContentEncodingScope, 5033 u ContentEncodingType, 5034 m ContentCompression, 4254 u ContentCompAlgo
4255 b ContentCompSettings, 5035 m ContentEncryption, 47E1 u ContentEncAlgo, 47E2 b ContentEncKeyID
47E7 m ContentEncAESSettings, 47E8 u AESSettingsCipherMode, 47E3 b ContentSignature, 47E4 b ContentSigKeyID
47E5 u ContentSigAlgo, 47E6 u ContentSigHashAlgo

1C53BB6B m Cues, BB m CuePoint, B3 u CueTime, B7 m CueTrackPositions, F7 u CueTrack, F1 u CueClusterPosition
F0 u CueRelativePosition, B2 u CueDuration, 5378 u CueBlockNumber, EA u CueCodecState, DB m CueReference, 96 u CueRefTime
97 u CueRefCluster, 535F u CueRefNumber, EB u CueRefCodecState

1941A469 m Attachments, 61A7 m AttachedFile, 467E 8 FileDescription, 466E 8 FileName, 4660 s FileMediaType, 465C b FileData
46AE u FileUID, 4675 b FileReferral, 4661 u FileUsedStartTime, 4662 u FileUsedEndTime

1043A770 m Chapters, 45B9 m EditionEntry, 45BC u EditionUID, 45BD u EditionFlagHidden, 45DB u EditionFlagDefault
45DD u EditionFlagOrdered, 4520 m EditionDisplay, 4521 8 EditionString, 45E4 s EditionLanguageIETF, B6 m ChapterAtom
73C4 u ChapterUID, 5654 8 ChapterStringUID, 91 u ChapterTimeStart, 92 u ChapterTimeEnd, 98 u ChapterFlagHidden
4598 u ChapterFlagEnabled, 6E67 b ChapterSegmentUUID, 4588 u ChapterSkipType, 6EBC u ChapterSegmentEditionUID
63C3 u ChapterPhysicalEquiv, 8F m ChapterTrack, 89 u ChapterTrackUID, 80 m ChapterDisplay, 85 8 ChapString
437C s ChapLanguage, 437D s ChapLanguageBCP47, 437E s ChapCountry, 6944 m ChapProcess, 6955 u ChapProcessCodecID
450D b ChapProcessPrivate, 6911 m ChapProcessCommand, 6922 u ChapProcessTime, 6933 b ChapProcessData

1254C367 m Tags, 7373 m Tag, 63C0 m Targets, 68CA u TargetTypeValue, 63CA s TargetType, 63C5 u TagTrackUID, 63C9 u TagEditionUID
63C4 u TagChapterUID, 63C6 u TagAttachmentUID, 67C8 m SimpleTag, 45A3 8 TagName, 447A s TagLanguage, 447B s TagLanguageBCP47
4484 u TagDefault, 44B4 u TagDefaultBogus, 4487 8 TagString, 4485 b TagBinary
`;

const elements: ReadonlyMap<number, ElementMeaning> = new Map(
  table
    .trim()
    .split(/\s*[,\n]\s*/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [id = '', kind = 'b', name = ''] = entry.split(' ');
      const number = Number.parseInt(id, 16);
      return [number, { id: number, kind: kind as ElementKind, name }];
    }),
);

/** What an element id means; undefined for ids that the documents do not name. */
export function elementMeaning(id: number): ElementMeaning | undefined {
  return elements.get(id);
}

export const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  cluster: 0x1f43b675,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  crc32: 0xbf,
  void: 0xec,
  seekId: 0x53ab,
} as const;

const childrenOfSegment: ReadonlySet<number> = new Set([
  0x114d9b74, 0x1549a966, 0x1f43b675, 0x1654ae6b, 0x1c53bb6b, 0x1941a469, 0x1043a770, 0x1254c367,
]);

/** RFC 8794 §6.2: an element of unknown size ends where one begins that can only stand at its own level or above. */
export function endsUnknownSize(parentId: number, id: number): boolean {
  if (id === ids.segment || id === ids.ebml) return true;
  return parentId !== ids.segment && childrenOfSegment.has(id);
}
