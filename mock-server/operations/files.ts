import type { FileTypeId } from '../domain/file.ts'
import { contentAnswer, contentTypeOf } from '../exchange/ranges-content-answer.ts'
import { textLines } from '../exchange/text-lines.ts'
import type { Operation } from './operation.ts'
import { pageOfTexts } from './page.ts'
import { fileRowText, presentFile } from './present-file.ts'
import { readUploadedFile } from './uploads.ts'

export const listFiles: Operation<'listFiles'> = ({ platform, query, page, request }) =>
  pageOfTexts(platform.files({ search: query.search }), page, (file) =>
    fileRowText(file, { user: platform.user, origin: request.origin }),
  )

export const uploadFile: Operation<'uploadFile'> = (call) => readUploadedFile(call)

export const replaceUploadFile: Operation<'replaceUploadFile'> = (call) => readUploadedFile(call)

export const getFile: Operation<'getFile'> = ({ platform, path, request }) => ({
  status: 200,
  body: presentFile(platform.file(path.fileId), { user: platform.user, origin: request.origin }),
})

export const updateFile: Operation<'updateFile'> = ({ platform, path, body, request }) => {
  const { name, typeId } = body
  const file = platform.changeFile(path.fileId, { name, typeId: typeId as FileTypeId | undefined })
  return { status: 200, body: presentFile(file, { user: platform.user, origin: request.origin }) }
}

export const deleteFile: Operation<'deleteFile'> = async ({ platform, path }) => {
  await platform.deleteFile(path.fileId)
  return { status: 204 }
}

export const downloadFile: Operation<'downloadFile'> = ({ platform, path, request, files }) => {
  const { bytes, name, relativePath } = platform.file(path.fileId)
  return {
    raw: contentAnswer(request, {
      store: files,
      stored: bytes,
      name,
      contentType: contentTypeOf(relativePath),
    }),
  }
}

export const listFileLines: Operation<'listFileLines'> = async ({ platform, path, files }) => {
  const lines = await textLines(files, platform.file(path.fileId).bytes)
  if (lines === 'not-text') return { status: 400, body: { detail: 'This file is not a text file.' } }
  if (lines === 'too-large')
    return { status: 400, body: { detail: 'This file is too large to be read as lines.' } }
  return { status: 200, body: { lines } }
}
