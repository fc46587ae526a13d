" Concord in Vim 8.2 or newer, through ALE or vim-lsp, whichever is there.
" Copy this file to ~/.vim/plugin/concord.vim; `concord` must be on the PATH.
"
" To change something, set these before (in ~/.vimrc), or edit this file:
"   g:concord_command   how to start it, default ['concord', 'lsp']
"   g:concord_settings  e.g. {'language': 'vi', 'role': 'reviewer', 'scope': 'workspace', 'typingPause': 400}

if exists('g:loaded_concord') || &compatible
  finish
endif
let g:loaded_concord = 1

let g:concord_command = get(g:, 'concord_command', ['concord', 'lsp'])
let g:concord_settings = get(g:, 'concord_settings', {})

" Concord says nothing about files that are not its business, so it may look at all of these.
let s:types = ['json', 'jsonc', 'jsonl', 'csv', 'rttm', 'ctm', 'stm']

augroup concord
  autocmd!
  autocmd BufNewFile,BufRead *.jsonl,*.ndjson setfiletype jsonl
  autocmd BufNewFile,BufRead *.csv,*.tsv setfiletype csv
  autocmd BufNewFile,BufRead *.rttm setfiletype rttm
  autocmd BufNewFile,BufRead *.ctm setfiletype ctm
  autocmd BufNewFile,BufRead *.stm setfiletype stm
augroup END

" The folder that holds the dataset, else the repository, else the file's own.
function! ConcordRoot(file) abort
  let l:folder = fnamemodify(a:file, ':p:h')
  for l:marker in ['concord.json', '.git']
    let l:at = l:folder
    while 1
      if !empty(glob(l:at . '/' . l:marker, 1, 1))
        return l:at
      endif
      let l:above = fnamemodify(l:at, ':h')
      if l:above ==# l:at
        break
      endif
      let l:at = l:above
    endwhile
  endfor
  return l:folder
endfunction

function! s:missing() abort
  if executable(g:concord_command[0])
    return 0
  endif
  echomsg 'Concord is not on the PATH: ' . g:concord_command[0]
  return 1
endfunction

" ALE

function! s:ale_type(type) abort
  call ale#linter#Define(a:type, {
  \ 'name': 'concord',
  \ 'lsp': 'stdio',
  \ 'language': a:type,
  \ 'executable': {-> g:concord_command[0]},
  \ 'command': {-> join(map(copy(g:concord_command), 'shellescape(v:val)'))},
  \ 'project_root': {buffer -> ConcordRoot(bufname(buffer))},
  \ 'initialization_options': {-> g:concord_settings},
  \})
endfunction

" Whether ALE is there.
function! s:use_ale() abort
  try
    call map(copy(s:types), 's:ale_type(v:val)')
  catch /^Vim\%((\a\+)\)\=:E117/
    return 0
  endtry
  " ALE runs what is named here, and of new ones nothing else. Who named some already names `concord` among them, too.
  let g:ale_linters = get(g:, 'ale_linters', {})
  for l:type in s:types
    if !has_key(g:ale_linters, l:type)
      let g:ale_linters[l:type] = ['concord']
    endif
  endfor
  augroup concord
    execute 'autocmd FileType' join(s:types, ',') 'call s:ale_keys()'
  augroup END
  return 1
endfunction

function! s:ale_keys() abort
  if s:missing()
    return
  endif
  setlocal omnifunc=ale#completion#OmniFunc
  nmap <buffer> K <Plug>(ale_hover)
  nmap <buffer> gd <Plug>(ale_go_to_definition)
  nmap <buffer> grr <Plug>(ale_find_references)
  nmap <buffer> grn <Plug>(ale_rename)
  nmap <buffer> gra <Plug>(ale_code_action)
  nmap <buffer> [d <Plug>(ale_previous)
  nmap <buffer> ]d <Plug>(ale_next)
endfunction

" vim-lsp

function! s:use_vim_lsp() abort
  " Nobody says these where it is not.
  augroup concord
    autocmd User lsp_setup call s:register()
    autocmd User lsp_buffer_enabled call s:vim_lsp_keys()
  augroup END
endfunction

function! s:register() abort
  if s:has_ale || s:missing()
    return
  endif
  call lsp#register_server({
  \ 'name': 'concord',
  \ 'cmd': {info -> g:concord_command},
  \ 'allowlist': s:types,
  \ 'root_uri': {info -> lsp#utils#path_to_uri(ConcordRoot(lsp#utils#get_buffer_path()))},
  \ 'initialization_options': g:concord_settings,
  \})
endfunction

function! s:vim_lsp_keys() abort
  if index(s:types, &filetype) < 0
    return
  endif
  setlocal omnifunc=lsp#complete
  nmap <buffer> K <plug>(lsp-hover)
  nmap <buffer> gd <plug>(lsp-definition)
  nmap <buffer> grr <plug>(lsp-references)
  nmap <buffer> grn <plug>(lsp-rename)
  nmap <buffer> gra <plug>(lsp-code-action)
  nmap <buffer> gO <plug>(lsp-document-symbol-search)
  nmap <buffer> [d <plug>(lsp-previous-diagnostic)
  nmap <buffer> ]d <plug>(lsp-next-diagnostic)
endfunction

let s:has_ale = s:use_ale()
if !s:has_ale
  " Packages may come after this file.
  autocmd concord VimEnter * let s:has_ale = s:use_ale()
  call s:use_vim_lsp()
endif
