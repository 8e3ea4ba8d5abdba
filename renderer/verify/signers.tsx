import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { useText } from '../text/text-context.tsx';
import type { Verification } from './use-verify.ts';

/** Who sealed it, with the fingerprint in digits and in words to be read out. */
export function Signers({ signers, onTrust }: { signers: Verification['signers']; onTrust: () => void }) {
  const text = useText();
  const unknown = signers.some(({ practice, trusted }) => !practice && !trusted);
  return (
    <section className="signers" aria-labelledby="signers-title">
      <h2 id="signers-title">{text('window/verify:signers.title')}</h2>
      {signers.length === 0 && <p className="muted">{text('window/verify:signers.none')}</p>}
      <ul>
        {signers.map((signer) => {
          const { name, fingerprint, words, practice, trusted, signature } = signer;
          return (
            <li key={`${fingerprint} ${signature ?? ''}`} className="signer">
              <p>
                <b>{visibleText(name)}</b>{' '}
                <span className="muted">
                  {text(`window/verify:signers.${practice ? 'practice' : trusted ? 'trusted' : 'unknown'}`)}
                </span>
              </p>
              <p className="signer-words">{words}</p>
              <code className="muted">{(fingerprint.match(/.{1,4}/g) ?? []).join(' ')}</code>
              <Circumstances signer={signer} />
            </li>
          );
        })}
      </ul>
      {unknown && <Button onClick={onTrust}>{text('window/verify:signers.trust')}</Button>}
    </section>
  );
}

/** In which role and when it was signed, who attests the time, what the signer said, and whether the identity was withdrawn. */
function Circumstances({ signer }: { signer: Verification['signers'][number] }) {
  const text = useText();
  const { role, comment, signedAt, attestedAt, attestedBy, revokedSince } = signer;
  const lines = [
    role === null ? null : text('window/verify:signers.signedAs', { role: text(`window/bundle:roles.${role}`) }),
    signedAt === null ? null : text('window/verify:signers.at', { at: signedAt }),
    attestedAt === null
      ? null
      : text('window/verify:signers.attested', { at: attestedAt, by: visibleText(attestedBy ?? '') }),
  ].filter((line) => line !== null);
  return (
    <>
      {lines.length > 0 && <p className="muted">{lines.join(' · ')}</p>}
      {revokedSince !== null && (
        <p className="outcome-inconsistent">
          <span aria-hidden="true">▲ </span>
          {text('window/verify:signers.revoked', { at: revokedSince })}
        </p>
      )}
      {comment !== null && <blockquote className="signer-comment">{visibleText(comment)}</blockquote>}
    </>
  );
}
