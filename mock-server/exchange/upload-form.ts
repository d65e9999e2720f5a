import type { BytesWriter, FileStore, StoredBytes } from '../domain/file-store.ts'
import { type Part, readPart } from './upload-part.ts'
import { MultipartError, type PartSink } from './upload-scanner.ts'

/** Parts of one form; Django's limit for fields. */
export const partsLimit = 1_000

/** Longest path that Linux takes. Characters. */
export const fileNameLimit = 4_096

/** What is kept of a field; only a number is wanted. Bytes. */
export const fieldSizeLimit = 1_024

/** An input file, the documented default (facts §5.2). */
export const defaultTypeId = 1

/** Messages by field, as Django REST framework's serializers give them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

export interface FilledForm {
  readonly name: string
  readonly typeId: number
  readonly stored: StoredBytes
}

export class FileTooLargeError extends Error {}

interface GrowingFile {
  readonly part: Part
  readonly writer: BytesWriter
  size: number
}

/** Collects an upload's parts: `file` goes to the store as it comes in, `typeId` is kept, the rest passed over. */
export class UploadForm implements PartSink {
  readonly #store: FileStore
  readonly #fileSizeLimit: number
  #parts = 0
  #part: Part | null = null
  #file: GrowingFile | undefined
  #fileErrors: readonly string[] = ['No file was submitted.']
  #typeId: string | undefined
  #waits: Promise<unknown>[] = []

  constructor(store: FileStore, fileSizeLimit: number) {
    this.#store = store
    this.#fileSizeLimit = fileSizeLimit
  }

  begin(head: Buffer): void {
    this.#parts += 1
    if (this.#parts > partsLimit) throw new MultipartError('The number of parts exceeded the limit.')
    this.#part = readPart(head)
    if (this.#part?.field === 'file') this.#beginFile(this.#part)
    if (isTypeId(this.#part)) this.#typeId = ''
  }

  data(bytes: Buffer): void {
    if (isTypeId(this.#part))
      this.#typeId = ((this.#typeId ?? '') + bytes.toString()).slice(0, fieldSizeLimit)
    else if (this.#file !== undefined && this.#file.part === this.#part) this.#write(this.#file, bytes)
  }

  end(): void {
    this.#part = null
  }

  /** Something to wait for before more is fed, if the store is slower than the sender. */
  get wait(): Promise<unknown> | undefined {
    if (this.#waits.length === 0) return undefined
    const waits = this.#waits
    this.#waits = []
    return Promise.all(waits)
  }

  /** To be called when the body has ended. Stores the file only when nothing is wrong with the form. */
  async fill(): Promise<FilledForm | { readonly errors: FieldErrors }> {
    const file = this.#file
    const typeId = integer(this.#typeId) ?? file?.part.typeId ?? defaultTypeId
    const errors: Record<string, readonly string[]> = {}
    if (file === undefined) errors.file = this.#fileErrors
    if (Number.isNaN(typeId)) errors.typeId = ['A valid integer is required.']
    if (file === undefined || Number.isNaN(typeId)) return { errors }
    return { name: file.part.filename ?? '', typeId, stored: await file.writer.commit() }
  }

  async abort(): Promise<void> {
    await this.#file?.writer.abort()
    await Promise.allSettled(this.#waits)
  }

  // Of several, the last counts, as in Django's dictionaries of files.
  #beginFile(part: Part): void {
    if (this.#file !== undefined) this.#waits.push(this.#file.writer.abort())
    this.#file = undefined
    const { filename } = part
    if (filename === undefined)
      this.#fileErrors = ['The submitted data was not a file. Check the encoding type on the form.']
    else if (filename === '') this.#fileErrors = ['No file was submitted.']
    else if (filename.length > fileNameLimit) this.#fileErrors = [tooLong(filename)]
    else this.#file = { part, writer: this.#store.writer(), size: 0 }
  }

  #write(file: GrowingFile, bytes: Buffer): void {
    file.size += bytes.length
    if (file.size > this.#fileSizeLimit) throw new FileTooLargeError()
    const wait = file.writer.write(bytes)
    if (wait !== undefined) this.#waits.push(wait)
  }
}

/** DOEC sends it as a part with a filename, others as a plain field (facts §5.2). */
const isTypeId = (part: Part | null): boolean => part?.field === 'typeId' || part?.field === 'type_id'

/** Not a number for text that is none. */
const integer = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  return /^\s*-?\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN
}

const tooLong = ({ length }: string): string =>
  `Ensure this filename has at most ${fileNameLimit} characters (it has ${length}).`
