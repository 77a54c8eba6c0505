// Checks one-file proofs with the verifier of Sigstore that npm carries: npm_verify.js DIRECTORY PATH_OF_@sigstore/verify
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const [directory, verifier] = process.argv.slice(2);
const { verifyCheckpoint } = require(path.join(verifier, 'dist/tlog/checkpoint.js'));
const { verifyMerkleInclusion } = require(path.join(verifier, 'dist/tlog/merkle.js'));

const [name, , encoded] = fs.readFileSync(path.join(directory, 'vkey'), 'utf8').trim().split(/\+(.{8})\+/);
const key = Buffer.from(encoded, 'base64');
const log = {
  logID: crypto.createHash('sha256').update(name + '\n').update(key).digest(),
  publicKey: crypto.createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]),
    format: 'der',
    type: 'spki',
  }),
  baseURL: `https://${name}`,
};

let count = 0;
for (const file of fs.readdirSync(directory).filter((entry) => entry.endsWith('.tlog-proof'))) {
  const text = fs.readFileSync(path.join(directory, file), 'utf8');
  const split = text.indexOf('\n\n');
  const [first, index, ...hashes] = text.slice(0, split).split('\n');
  if (first !== 'c2sp.org/tlog-proof@v1' || !index.startsWith('index ')) throw new Error(`${file}: not a proof`);
  const inclusionProof = {
    checkpoint: { envelope: text.slice(split + 2) },
    logIndex: index.slice('index '.length),
    hashes: hashes.map((hash) => Buffer.from(hash, 'base64')),
  };
  const checkpoint = verifyCheckpoint({ inclusionProof }, [log]);
  const canonicalizedBody = Buffer.from(file.replace('.tlog-proof', ''));
  verifyMerkleInclusion({ canonicalizedBody, inclusionProof }, checkpoint);
  count += 1;
}
if (count === 0) throw new Error('there are no proofs');
console.log(`${count} one-file proofs`);
