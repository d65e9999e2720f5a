import type { Operation } from './operation.ts'

export const shareJob: Operation<'shareJob'> = ({ platform, path, body }) => {
  const recipient = body.email ?? body.account
  if (recipient === undefined) return { status: 400, body: { email: ['This field is required.'] } }
  platform.shareJob(path.jobId, { recipient, message: body.message ?? '' })
  return { status: 200, body: { recipient, supportDesk: null } }
}

export const listJobTags: Operation<'listJobTags'> = ({ platform, path }) => ({
  status: 200,
  body: platform.job(path.jobId).tags.map((tag) => ({ ...tag })),
})

export const addJobTag: Operation<'addJobTag'> = ({ platform, path, body }) => ({
  status: 201,
  body: { ...platform.tagJob(path.jobId, body.name) },
})

// MC26 names the tag in the query, Interlink in the body.
export const removeJobTag: Operation<'removeJobTag'> = ({ platform, path, query, body }) => {
  const name = query.name ?? body?.name
  if (name === undefined) return { status: 400, body: { name: ['This field is required.'] } }
  platform.untagJob(path.jobId, name)
  return { status: 204 }
}
