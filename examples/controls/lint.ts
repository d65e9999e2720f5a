// What a client does wrong, by what it said: here it submits a job again without a look at it.
import { control, saveJob } from './mock.ts'

const { RESCALE_URL, RESCALE_KEY } = process.env
const { id } = await saveJob()
for (let times = 0; times < 2; times += 1)
  await fetch(`${RESCALE_URL}/api/v2/jobs/${id}/submit/`, {
    method: 'POST',
    headers: { authorization: `Token ${RESCALE_KEY}` },
  })
const { rules } = await control.journal.lint()
for (const { rule, entries } of rules.flatMap(({ findings }) => findings))
  console.log(rule, entries.join(','))
console.log(/failures="\d+"/.exec(await control.journal.lintAs('junit'))?.[0])
