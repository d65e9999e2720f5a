import { type FileTypeId, fileTypes } from '../domain/file.ts'
import { readUpload } from '../exchange/upload.ts'
import type { Answer, Call } from './operation.ts'
import { presentFile } from './present-file.ts'

const knownTypes: ReadonlySet<number> = new Set(Object.values(fileTypes))

const fileTypeOf = (typeId: number): FileTypeId | undefined =>
  knownTypes.has(typeId) ? (typeId as FileTypeId) : undefined

/** POST and PUT do the same (SDK19 uses PUT). The JSON answer is sent as text/plain (observed: TN21). */
export async function readUploadedFile(
  call: Call<'uploadFile'> | Call<'replaceUploadFile'>,
): Promise<Answer<'uploadFile'>> {
  const { platform, request, files } = call
  const upload = await readUpload(request, files)
  if (upload.kind === 'refusal') return { status: upload.status, body: upload.body } as Answer<'uploadFile'>
  const typeId = fileTypeOf(upload.typeId)
  if (typeId === undefined) {
    await files.remove(upload.stored.id)
    return { status: 400, body: { typeId: [`"${upload.typeId}" is not a valid choice.`] } }
  }
  const file = platform.addFile({ name: upload.name, typeId, bytes: upload.stored })
  return {
    status: 201,
    contentType: 'text/plain',
    body: presentFile(file, { user: platform.user, origin: request.origin }),
  }
}
