import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openssl } from './openssl.ts';

/** A real timestamp authority on this machine: openssl with a certificate of its own and one above it. */
export interface TimestampAuthority {
  readonly folder: string;
  /** PEM of the authority above. */
  readonly caPath: string;
  readonly tsaPath: string;
  /** Answers a request; gives the path of the answer. */
  reply(request: string, answer: string, extra?: readonly string[]): Promise<string>;
}

export interface AuthorityOptions {
  readonly usage?: string;
  /** Digest by which the token names its certificate. */
  readonly nameBy?: 'sha1' | 'sha256';
  readonly key?: readonly string[];
}

const configuration = (nameBy: string): string => `
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
certs = ca.pem
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1, millisecs:500, microsecs:100
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = ${nameBy}
`;

const rsa = ['-newkey', 'rsa:2048'];

/** Makes one below `parent`. */
export async function makeAuthority(
  parent: string,
  name: string,
  { usage = 'critical,timeStamping', nameBy = 'sha256', key = rsa }: AuthorityOptions = {},
): Promise<TimestampAuthority> {
  const folder = join(parent, name);
  await mkdir(folder);
  const run = (...args: string[]): string => openssl(args, folder);
  run(
    ...['req', '-x509', ...key, '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '400'],
    ...['-subj', `/O=Time Office/CN=${name} root`],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  run('req', ...key, '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', `/O=Time Office/CN=${name} clock`);
  await writeFile(
    join(folder, 'ext.cnf'),
    `basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=${usage}\n`,
  );
  run(
    ...['x509', '-req', '-in', 'tsa.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-out', 'tsa.pem', '-days', '300', '-extfile', 'ext.cnf'],
  );
  await writeFile(join(folder, 'tsa.cnf'), configuration(nameBy));
  await writeFile(join(folder, 'serial'), '01\n');
  return {
    folder,
    caPath: join(folder, 'ca.pem'),
    tsaPath: join(folder, 'tsa.pem'),
    reply: async (request, answer, extra = []) => {
      run('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', request, '-out', answer, ...extra);
      await readFile(answer);
      return answer;
    },
  };
}
