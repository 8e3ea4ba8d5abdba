/**
 * Programs that write their name into files after a camera has. `editor`: can change the content. `transcoder`: encodes again or
 * repacks. `messenger`: a service that re-encodes what passes through. `transfer`: copies from a device and may rewrite metadata.
 */
export interface KnownSoftware {
  readonly name: string;
  readonly kind: 'editor' | 'transcoder' | 'messenger' | 'transfer';
}

const patterns: readonly (readonly [RegExp, KnownSoftware['kind']])[] = [
  [
    /adobe (?:photoshop|lightroom|premiere|after effects|media encoder|bridge|illustrator|indesign|firefly|express)/i,
    'editor',
  ],
  [/\b(?:photoshop|lightroom|camera raw)\b/i, 'editor'],
  [/\bgimp\b/i, 'editor'],
  [
    /\b(?:capture one|affinity photo|dxo|luminar|pixelmator|paint\.net|krita|darktable|rawtherapee|acdsee|irfanview|xnview)\b/i,
    'editor',
  ],
  [
    /\b(?:corel|paint ?shop|ulead|photoimpact|photofiltre|picasa|snapseed|vsco|facetune|meitu|beautyplus|picsart|canva)\b/i,
    'editor',
  ],
  [/\b(?:noise ninja|neat image|photomatix|aurora hdr|topaz|fotor|polarr|photoscape|pixlr|photodirector)\b/i, 'editor'],
  [/microsoft (?:windows photo|photo editor|paint)|windows photo (?:gallery|editor)/i, 'editor'],
  [
    /\b(?:apple photos|iphoto|aperture) ?\d|^photos \d|imovie|final cut|davinci|capcut|inshot|kinemaster|filmora|vegas|kdenlive|shotcut/i,
    'editor',
  ],
  [/faceapp|reface|deepface|faceswap|stable diffusion|midjourney|dall-?e|comfyui|automatic1111|novelai/i, 'editor'],
  [
    /\b(?:lavf|lavc|ffmpeg|libx264|libx265|x264|x265|handbrake|mencoder|mplayer|avidemux|virtualdub|mkvmerge|libmatroska|mp4box|gpac|l-smash|gstreamer|vlc)\b/i,
    'transcoder',
  ],
  [/\blav[fc]\d|isomedia file produced by google|^google$/i, 'transcoder'],
  [
    /\b(?:imagemagick|graphicsmagick|gd-jpeg|libvips|sharp|pillow|opencv|image::exiftool|exiftool|imgix|cloudinary|thumbor)\b/i,
    'transcoder',
  ],
  [
    /\b(?:whatsapp|telegram|viber|signal|wechat|instagram|facebook|fbmd|twitter|tiktok|snapchat|youtube)\b/i,
    'messenger',
  ],
  [
    /\b(?:nikon transfer|pmb|picture motion browser|image capture|viewnx|zoombrowser|playmemories|olympus (?:master|viewer))\b/i,
    'transfer',
  ],
];

/** What a software string names; undefined for one that is not on the list, such as a camera's own firmware. */
export function knownSoftware(text: string): KnownSoftware | undefined {
  const found = patterns.find(([pattern]) => pattern.test(text));
  return found === undefined ? undefined : { name: text, kind: found[1] };
}
