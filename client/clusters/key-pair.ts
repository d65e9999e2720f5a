export interface KeyPair {
  /** In OpenSSH's own format, without a passphrase. */
  readonly privateKey: string
  /** A line of a `.pub` file. */
  readonly publicKey: string
}

/** `string "ssh-ed25519"`, `string` of 32 bytes (RFC 8709). */
const PUBLIC_BLOB_BYTES = 4 + 11 + 4 + 32

/** A new Ed25519 key. */
export async function makeKeyPair(comment: string): Promise<KeyPair> {
  const { default: ssh2 } = await import('ssh2')
  for (;;) {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519', { comment })
    // ssh2 1.17 drops the first byte of a public key when it is zero, as it is of one key in 256. Nobody takes those.
    const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64')
    if (blob.length === PUBLIC_BLOB_BYTES) return { privateKey, publicKey }
  }
}
