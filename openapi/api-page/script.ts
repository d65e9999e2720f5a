/** Searching and the choice of colours. The page is readable without. */
export const script = `
'use strict'
const root = document.documentElement
const form = document.querySelector('nav form')
const box = document.getElementById('search')
const found = document.getElementById('found')
const articles = [...document.querySelectorAll('article[data-search]')]
const groups = [...document.querySelectorAll('main section, nav .group')]
form.hidden = false

function search() {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let operations = 0
  let schemas = 0
  for (const article of articles) {
    const fits = words.every((word) => article.dataset.search.includes(word))
    article.hidden = !fits
    const entry = document.querySelector('nav a[href="#' + article.id + '"]')
    if (entry) entry.parentElement.hidden = !fits
    if (fits) article.className === 'schema' ? schemas++ : operations++
  }
  document.querySelector('header').hidden = words.length > 0
  for (const group of groups) group.hidden = words.length > 0 && !group.querySelector('article:not([hidden]), li:not([hidden])')
  if (words.length > 0) scrollTo(0, 0)
  found.textContent = words.length === 0 ? '' : operations + ' operations, ' + schemas + ' schemas'
}

box.addEventListener('input', search)
form.addEventListener('submit', (event) => {
  event.preventDefault()
  const first = articles.find((article) => !article.hidden)
  if (first) location.hash = first.id
})
// A link within the page may lead to what the search has hidden.
addEventListener('hashchange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target || !target.closest('[hidden]')) return
  box.value = ''
  search()
  target.scrollIntoView()
})
addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== box) { event.preventDefault(); box.focus() }
  if (event.key === 'Escape' && document.activeElement === box) { box.value = ''; search() }
})

const key = 'localscale-theme'
const stored = (change) => { try { return change(localStorage) } catch { return null } }
const wanted = stored((storage) => storage.getItem(key))
if (wanted) root.dataset.theme = wanted
document.getElementById('theme').addEventListener('click', () => {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = isDark ? 'light' : 'dark'
  stored((storage) => storage.setItem(key, root.dataset.theme))
})
`
