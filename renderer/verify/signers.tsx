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
        {signers.map(({ name, fingerprint, words, practice, trusted }) => (
          <li key={fingerprint} className="signer">
            <p>
              <b>{visibleText(name)}</b>{' '}
              <span className="muted">
                {text(`window/verify:signers.${practice ? 'practice' : trusted ? 'trusted' : 'unknown'}`)}
              </span>
            </p>
            <p className="signer-words">{words}</p>
            <code className="muted">{(fingerprint.match(/.{1,4}/g) ?? []).join(' ')}</code>
          </li>
        ))}
      </ul>
      {unknown && <Button onClick={onTrust}>{text('window/verify:signers.trust')}</Button>}
    </section>
  );
}
