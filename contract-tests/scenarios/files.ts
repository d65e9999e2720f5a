import { collectPages } from '../harness/collect-pages.ts'
import { uploadForm } from '../harness/job-requests.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'
import { refused, requestFor } from './every-operation.ts'

const bytes = new TextEncoder().encode('iterations = 100\n')

const uploads = ['uploadFile', 'replaceUploadFile'] as const

/** Files as they are uploaded, described, listed and deleted. */
export const fileScenarios: readonly Scenario[] = [
  scenario({
    id: 'files/upload',
    title: 'a file is uploaded by POST and by PUT, and is what it was (NB 41)',
    needs: [],
    covers: [
      ['uploadFile', 201],
      ['replaceUploadFile', 201],
      ['getFile', 200],
      ['downloadFile', 200],
    ],
    cost: 'creates',
    async run(t) {
      for (const operationId of uploads) {
        const name = `${t.unique(operationId)}.inp`
        const { body: uploaded } = await t.call(operationId, { form: uploadForm(name, bytes), expect: 201 })
        expectEqual([uploaded.name, uploaded.decryptedSize], [name, bytes.length], 'name and size')
        const path = { fileId: uploaded.id }
        const { body: file } = await t.call('getFile', { path, expect: 200 })
        expectThat(file.fileChecksums?.length, 'the file has a checksum')
        const { bytes: back } = await t.call('downloadFile', { path, expect: 200 })
        expectEqual(new TextDecoder().decode(back), new TextDecoder().decode(bytes), 'the bytes')
      }
    },
  }),
  scenario({
    id: 'files/upload-refused',
    title: 'an upload whose file has another field’s name is refused',
    needs: [],
    covers: uploads.map((operationId) => [operationId, 400] as const),
    cost: 'creates',
    async run(t) {
      for (const operationId of uploads) {
        const body = new FormData()
        body.append('document', new Blob([bytes]), `${t.unique('refused')}.txt`)
        await refused(t, { ...requestFor(operationId), body }, 400, 'has no field `file`')
      }
    },
  }),
  scenario({
    id: 'files/upload-media-type',
    title: 'an upload that is no form is refused',
    needs: [],
    covers: uploads.map((operationId) => [operationId, 415] as const),
    cost: 'free',
    notOnLive: {
      kind: 'cannot-be-undone',
      text: 'If it were taken, nobody could find again what it made: it has no name.',
    },
    async run(t) {
      for (const operationId of uploads) {
        const headers = { 'content-type': 'application/json' }
        await refused(t, { ...requestFor(operationId), headers, body: '{}' }, 415, 'is no form')
      }
    },
  }),
  scenario({
    id: 'files/list',
    title: 'files are listed in pages and found by a part of their name (NB 82)',
    needs: ['several uploaded files'],
    covers: [
      ['listFiles', 200],
      ['listFiles', 404],
    ],
    cost: 'creates',
    async run(t) {
      const { fileIds, nameContains } = t.given['several uploaded files']
      const { body } = await t.call('listFiles', {
        query: { search: nameContains, page_size: 2 },
        expect: 200,
      })
      const found = await collectPages(t, body)
      expectEqual(
        found.map(({ id }) => id),
        fileIds.toReversed(),
        'the files that are found, newest first',
      )
      await t.call('listFiles', { query: { page: 10_000 }, expect: 404 })
    },
  }),
  scenario({
    id: 'files/change-and-delete',
    title: 'a file is renamed, and deleted, and is gone then (NB 83)',
    needs: ['an uploaded text file'],
    covers: [
      ['updateFile', 200],
      ['updateFile', 400],
      ['updateFile', 415],
      ['deleteFile', 204],
      ['deleteFile', 404],
      ['getFile', 404],
      ['downloadFile', 404],
      ['listFileLines', 404],
    ],
    cost: 'creates',
    async run(t) {
      const { fileId } = t.given['an uploaded text file']
      const path = { fileId }
      const name = `${t.unique('renamed')}.txt`
      const { body: renamed } = await t.call('updateFile', { path, json: { name }, expect: 200 })
      expectEqual(renamed.name, name, 'the name')
      await t.call('updateFile', { path, wrongJson: { typeId: 99 }, expect: 400 })
      const request = requestFor('updateFile', path)
      await refused(
        t,
        { ...request, headers: { 'content-type': 'text/csv' }, body: 'name' },
        415,
        'takes no CSV',
      )
      await t.call('getFile', { path, expect: 200 })
      await t.call('deleteFile', { path, expect: 204 })
      await t.call('getFile', { path, expect: 404 })
      await t.call('downloadFile', { path, expect: 404 })
      await t.call('listFileLines', { path, expect: 404 })
      const { body: left } = await t.call('listFiles', { query: { search: name }, expect: 200 })
      expectEqual(left.count, 0, 'files of that name')
      await t.call('deleteFile', { path, expect: 404 })
    },
  }),
  scenario({
    id: 'files/lines',
    title: 'text comes line by line, other bytes do not (NB 39)',
    needs: ['an uploaded text file', 'an uploaded binary file'],
    covers: [
      ['listFileLines', 200],
      ['listFileLines', 400],
    ],
    cost: 'creates',
    async run(t) {
      const { fileId, text } = t.given['an uploaded text file']
      const { body } = await t.call('listFileLines', { path: { fileId }, expect: 200 })
      expectEqual(body.lines.join(''), text, 'the lines')
      await t.call('listFileLines', {
        path: { fileId: t.given['an uploaded binary file'].fileId },
        expect: 400,
      })
    },
  }),
  scenario({
    id: 'files/ranges',
    title: 'a file comes whole, in parts, and not at all where it is known (NB 75)',
    needs: ['an uploaded binary file'],
    covers: [
      ['downloadFile', 200],
      ['downloadFile', 206],
      ['downloadFile', 304],
      ['downloadFile', 416],
    ],
    cost: 'creates',
    async run(t) {
      const { fileId, size } = t.given['an uploaded binary file']
      const path = { fileId }
      const whole = await t.call('downloadFile', { path, expect: 200 })
      expectEqual(whole.bytes.length, size, 'the size')
      const part = async (range: string) =>
        (await t.call('downloadFile', { path, headers: { range }, expect: 206 })).bytes
      for (const [first, last] of [
        [0, 0],
        [10, 99],
        [size - 5, size - 1],
      ] as const) {
        const got = await part(`bytes=${first}-${last}`)
        expectEqual([...got], [...whole.bytes.subarray(first, last + 1)], `bytes ${first} to ${last}`)
      }
      expectEqual((await part('bytes=-7')).length, 7, 'the length of the last seven bytes')
      expectEqual((await part(`bytes=${size - 9}-`)).length, 9, 'the length of the rest')
      await part('bytes=0-9,20-29')
      await t.call('downloadFile', { path, headers: { range: `bytes=${size}-` }, expect: 416 })
      const etag = whole.header('etag')
      expectThat(etag, 'the file has an ETag')
      await t.call('downloadFile', { path, headers: { 'if-none-match': etag }, expect: 304 })
      const head = await t.send({ ...requestFor('downloadFile', path), method: 'HEAD' })
      expectEqual(
        [head.status, head.header('content-length'), head.bytes.length],
        [200, String(size), 0],
        'HEAD',
      )
    },
  }),
]
