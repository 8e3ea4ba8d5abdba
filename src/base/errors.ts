/**
 * Every error that Assay throws on purpose: one class, a closed union of codes, typed details.
 *
 * An expected state of an exhibit (not applicable, abstained, failed) is a value, never one of these.
 * The words a person reads live in `resources/locales/<language>/errors.json` under the code.
 */
export interface ErrorDetails {
  /** A path does not exist. */
  'file-not-found': { path: string };
  /** A path exists but this person may not read it. */
  'file-not-readable': { path: string; reason: string };
  /** A path cannot be written: no permission, a read-only disk, a disk that is full. */
  'file-not-writable': { path: string; reason: string };
  /** The person asked for something that cannot be: wrong option, wrong value. */
  'wrong-use': { what: string };
  /** A method, profile, parameter, exhibit, … was named that there is not. */
  'unknown-name': { kind: string; name: string; known: string };
  /** A setting names a method that is not part of this examination. */
  'setting-unused': { setting: string; method: string };
  /** A setting's value is outside what its method allows. */
  'setting-invalid': { setting: string; problem: string };
  /** An external program that is needed is not on this machine. */
  'tool-missing': { tool: string };
  /** An external program changed between being identified and being run. */
  'tool-changed': { tool: string; path: string };
  /** A program that was packaged with Assay is not, byte for byte, the one that was packaged. */
  'tool-altered': { tool: string; path: string };
  /** An external program failed to start at all. */
  'tool-unusable': { tool: string; reason: string };
  /** An identity's private key did not open with this passphrase. */
  'wrong-passphrase': { path: string };
  /** A passphrase was chosen that is too short to protect a key. */
  'passphrase-too-short': { minimumLength: number };
  /** There is an identity already where a new one was to be made. */
  'identity-exists': { path: string };
  /** A name, organisation or country that a certificate cannot carry. */
  'identity-name-unusable': { part: 'name' | 'organisation' | 'country'; value: string };
  /** The files of an identity do not belong together or cannot be read. */
  'identity-damaged': { path: string; reason: string };
  /** Bytes that should be an X.509 certificate are none. */
  'certificate-unreadable': { reason: string };
  /** The workstation's clock lies outside the signer's certificate. */
  'certificate-not-valid-now': { name: string; notBefore: string; notAfter: string; now: string };
  /** A folder holds something that a manifest cannot list: a link, a device, a name that is not UTF-8. */
  'unsealable-entry': { path: string; kind: string };
  /** A folder carries a seal already. */
  'already-sealed': { path: string };
  /** A sealed folder that was to be signed once more does not verify. */
  'seal-broken': { path: string; subject: string };
  /** A signature's comment is empty, too long, or holds characters that cannot be seen. */
  'signature-comment-unusable': { most: number };
  /** The identity has signed this report already. */
  'signed-already': { path: string; name: string };
  /** The identity was withdrawn by its holder: nothing is signed with it any more. */
  'identity-revoked': { name: string; since: string };
  /** There is no identity of a person's own here to do that with. */
  'identity-missing': Record<string, never>;
  /** A file is no statement that withdraws an identity, or its signature does not hold. */
  'revocation-unusable': { reason: string };
  /** An authority did not grant a timestamp; `words` are its own. */
  'timestamp-not-granted': { path: string; status: number; words: string };
  /** Bytes that should be an authority's answer are none. */
  'timestamp-unreadable': { path: string; reason: string };
  /** A timestamp is about something else than the signatures of this report. */
  'timestamp-other-imprint': { path: string; report: string };
  /** A timestamp does not carry the nonce of its request: it may be an old answer. */
  'timestamp-other-nonce': { path: string };
  /** A timestamp's own signature, certificate or time does not hold. */
  'timestamp-broken': { path: string; by: string };
  /** Nobody vouches for the authority that made a timestamp. */
  'timestamp-untrusted': { path: string; by: string };
  /** A timestamp is larger than the room that a PDF's signature leaves for it. */
  'timestamp-too-large': { path: string };
  /** No request is known that this timestamp answers. */
  'timestamp-unasked': { path: string };
  /** Every signature of a report has a timestamp already. */
  'timestamp-there': { path: string };
  /** A PKCS#12 file cannot be taken over as an identity. */
  'pkcs12-unusable': { reason: string };
  /** Another process is writing to the case. `pid` 0 and `?` where the lock does not say. */
  'case-locked': { path: string; lock: string; pid: number; host: string; since: string };
  /** A case was to be made in a folder that holds something already. */
  'case-exists': { path: string };
  /** A folder is no case. */
  'not-a-case': { path: string };
  /** A case was made by a later Assay whose records this one cannot read. */
  'case-newer': { path: string; schema: string };
  /** A file of the case cannot be what Assay wrote. */
  'case-damaged': { path: string; file: string };
  /** An exhibit's copy is missing, or holds other bytes than were taken in. `file` is its path in the case. */
  'exhibit-changed': { exhibit: string; file: string };
  /** The custody log does not hold together: nothing may be appended to it. `entry` is where it breaks. */
  'custody-broken': { path: string; entry: number };
  /** The custody log is shorter than this machine, or its own head, has seen it. */
  'custody-rolled-back': { path: string; seen: number; found: number };
  /** Writing to a case needs a custody key that is not there, and nobody could be asked to certify one. */
  'custody-key-missing': { path: string };
  /** No space left while writing. */
  'disk-full': { path: string };
  /** A symbolic link in a folder that was walked; links are told, not followed. */
  'symbolic-link': { path: string; target: string };
  /** A pipe, socket or device where a file was expected. */
  'not-a-file': { path: string; kind: string };
  /** An original was written to while it was being copied. */
  'changed-while-copying': { path: string };
  /** A copy read back from the disk is not what was read from the original. */
  'copy-differs': { path: string };
  /** Something to take in lies inside the case itself. */
  'inside-case': { path: string };
  /** An identity's passphrase is needed and nobody can be asked for it here. */
  'passphrase-needed': { name: string };
  /** Single frames were asked of a stream that cannot be decoded: no picture, no size, or more pixels than the limit. */
  'frames-not-decodable': { file: string; stream: number };
  /** Files or folders were named, and there is nothing in them to examine. */
  'nothing-to-examine': { what: string };
  /** An edit concerns frames, samples or pixels [from, to] that the clip, which has `size` of them, does not have. */
  'edit-beyond-clip': { edit: string; unit: 'frames' | 'samples' | 'px'; from: number; to: number; size: number };
  /** An edit of sound for a clip that has none. */
  'edit-needs-sound': { edit: string };
  /** An edit that only the forge can make while it draws, before any re-encoding. */
  'edit-needs-presenter': { edit: string };
  /** An edit that would leave no frame. */
  'edit-leaves-nothing': { edit: string };
  /** An edit that takes pixels from a frame that an earlier edit of the same encoding inserted. */
  'edit-of-inserted-frame': { edit: string; frame: number };
  /** A container cannot hold what was asked for: a codec, a variable rate, an offset. */
  'encoding-impossible': { container: string; wanted: string };
  /** A clip could not be written, or one to be edited not read: what the program said. */
  'clip-not-made': { path: string; reason: string };
  /** A folder is neither a case nor a sealed report. */
  'nothing-to-verify': { path: string };
  /** A report that was just written is not on the disk as it was written, or its seal does not hold. */
  'report-differs': { path: string; file: string };
  /** A bundle was to be written over something. */
  'bundle-exists': { path: string };
  /** A file is no bundle: no zip archive, no bag, not encrypted with age either. */
  'bundle-unreadable': { path: string; reason: string };
  /** A bundle of a newer Assay. */
  'bundle-newer': { path: string; schema: string };
  /** An entry's name leads out of its folder, or cannot be a file's name everywhere. */
  'bundle-path-unsafe': { path: string; entry: string; reason: string };
  /** An entry is a symbolic link, a device, or anything but a file. */
  'bundle-link': { path: string; entry: string };
  /** Two entries are one file, at least where letters' case or composition does not count. */
  'bundle-duplicate': { path: string; entry: string; other: string };
  /** An archive claims to unpack to more than it can hold. */
  'bundle-bomb': { path: string; entry: string; claimed: number };
  /** An entry is compressed or encrypted by the archiver: somebody packed the bundle anew. */
  'bundle-repacked': { path: string; entry: string };
  /** A file of a bundle, or a byte of the archive around it, is not as it was sealed. */
  'bundle-altered': { path: string; entry: string };
  /** A bundle holds a file that its manifests do not list. */
  'bundle-unlisted': { path: string; entry: string };
  /** A file that the manifests list is not in the bundle. */
  'bundle-incomplete': { path: string; entry: string };
  /** A bundle's seal does not hold. */
  'bundle-seal-broken': { path: string; subject: string };
  /** The custody log in a bundle does not hold together. */
  'bundle-custody-broken': { path: string; subject: string };
  /** A bundle of reports has no case in it to go on with. */
  'bundle-without-evidence': { path: string };
  /** A case is open under another identity than the one that would seal its bundle. */
  'bundle-other-identity': { path: string; actor: string; name: string };
  /** Reports were to be packed, and the case has none. */
  'bundle-without-reports': { path: string };
  /** This machine has seen a later state of the case in a bundle. */
  'bundle-older': { path: string; seen: number; found: number };
  /** The case in a bundle and the case that this machine knows went different ways from some entry on. */
  'bundle-diverged': { path: string; entry: number };
  /** None of the keys here opens an encrypted bundle. */
  'bundle-not-for-us': { path: string };
  /** The unpacked bundle does not fit on the disk. */
  'bundle-no-space': { path: string; needed: number; free: number };
  /** A folder that should hold a learned model does not: no card, a card that says something else, a file that is not the one it names. */
  'model-unusable': { path: string; reason: string };
  /** A file holds no SHA-256 and no MD5, or is too long for a list. */
  'hash-list-unreadable': { path: string };
  /** A list that Assay wrote was changed, or its signature does not hold. */
  'hash-list-broken': { path: string };
  /** A plain list does not say what it is, and neither did the person. */
  'hash-list-words-missing': { path: string };
  /** Text that is no age recipient, and no file of that name. */
  'recipient-unusable': { recipient: string };
  /** A certificate does not say which age recipient its holder has. */
  'recipient-missing': { path: string; name: string };
  /** There is no display to show a window on. */
  'no-display': Record<string, never>;
  /** Electron's window was asked for and its program is not installed. */
  'electron-missing': Record<string, never>;
  /** Neither Electron nor a Chromium is installed. */
  'browser-missing': Record<string, never>;
  /** A program that should show the window ended at once, or failed. */
  'window-failed': { window: string; reason: string };
  /** The person or the window cancelled. */
  cancelled: { what: string };
  /** Invariant of our own code broken; always a defect of Assay. */
  defect: { what: string };
}

export type ErrorCode = keyof ErrorDetails;

/** The JSON form in which an error crosses a worker, IPC or the contract. */
export interface ErrorValue {
  code: ErrorCode;
  details: Record<string, unknown>;
}

export class AssayError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AssayError';
  readonly code: C;
  readonly details: ErrorDetails[C];

  constructor(code: C, details: ErrorDetails[C], options?: { cause?: unknown }) {
    super(`${code}: ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }

  toValue(): ErrorValue {
    return { code: this.code, details: this.details };
  }
}

/** True for an {@link AssayError}, narrowed to one code when a code is given. */
export function isAssayError<C extends ErrorCode>(error: unknown, code?: C): error is AssayError<C> {
  return error instanceof AssayError && (code === undefined || error.code === code);
}
