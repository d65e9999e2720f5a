import type { Operation } from './operation.ts'

export const assignJobToProject: Operation<'assignJobToProject'> = ({ platform, path, body }) => {
  platform.assignToProject(path.organizationCode, path.jobId, body.projectId)
  return { status: 201, body: { projectId: body.projectId } }
}
