import type { Operation } from './operation.ts'
import { listingOf, pageOf } from './page.ts'

export const getApiRoot: Operation<'getApiRoot'> = ({ request }) => ({
  status: 200,
  body: Object.fromEntries(
    ['analyses', 'coretypes', 'files', 'jobs'].map((name) => [name, `${request.origin}/api/v2/${name}/`]),
  ),
})

export const getCurrentUser: Operation<'getCurrentUser'> = ({ platform }) => {
  const { user, projects } = platform
  const { connectionSettings, ...storage } = user.defaultStorage
  return {
    status: 200,
    body: {
      email: user.email,
      username: user.username,
      fullName: user.fullName,
      company: { ...user.company, projects: projects.map(({ id, name }) => ({ id, name })) },
      workspace: { ...user.workspace },
      maxJobHours: user.maxJobHours,
      defaultStorage: { ...storage, connectionSettings: { ...connectionSettings } },
    },
  }
}

export const listMyProjects: Operation<'listMyProjects'> = ({ platform, page }) =>
  pageOf(listingOf(platform.projects), page, ({ id, name }) => ({ id, name }))
