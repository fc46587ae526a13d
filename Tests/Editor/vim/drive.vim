" Opens a file in a real Vim with ALE and looks at what it shows. `sleep` is how Vim takes in what came: each wait is for a
" condition, and the limit only ends a run that hangs. Vim says `TextChanged` only when somebody types, so it is said here.

let s:work = $CONCORD_TEST_WORK
let s:limit = 60

function! s:say(words) abort
  call writefile([a:words], s:work . '/report', 'a')
endfunction

function! s:fail(words) abort
  call s:say('FAIL ' . a:words)
  call s:say('shown: ' . string(s:shown()))
  call s:say(execute('messages'))
  cquit!
endfunction

function! s:wait(what, Condition) abort
  let l:deadline = reltimefloat(reltime()) + s:limit
  while !a:Condition()
    if reltimefloat(reltime()) > l:deadline
      call s:fail('waited in vain: ' . a:what)
    endif
    sleep 20m
  endwhile
endfunction

" What ALE shows of this file: lines, columns and words.
function! s:shown() abort
  return map(copy(ale#engine#GetLoclist(bufnr('%'))), '[v:val.lnum, v:val.col, v:val.text]')
endfunction

function! s:finding(words) abort
  return filter(s:shown(), 'stridx(v:val[2], a:words) >= 0')
endfunction

" A person who takes the first fix that is offered.
function! s:answer() abort
  runtime autoload/ale/util.vim
  function! ale#util#Input(message, value, ...) abort
    let g:concord_offered = a:message
    return '1'
  endfunction
endfunction

let s:barcode = 'the last one is 5, not 8'
let s:quotes = 'This number stands here without quotes'

function! s:findings_appear() abort
  execute 'edit' s:work . '/shelf/shelf.json'
  call s:wait('the wrong barcode', {-> !empty(s:finding(s:barcode))})
  let l:place = s:finding(s:barcode)[0]
  call search('"8936000010518"', 'w')
  if l:place[0] != line('.') || l:place[1] != col('.')
    call s:fail('it stands elsewhere than at ' . string(getpos('.')))
  endif
endfunction

function! s:a_fix_is_applied() abort
  call cursor(1, 1)
  call search('"label": \zs8936000012366,', 'W')
  let s:line = line('.')
  call s:wait('a number without quotes', {-> !empty(filter(s:shown(), 'v:val[0] == s:line'))})
  let l:before = filter(s:shown(), 'v:val[0] == s:line')
  call s:answer()
  ALECodeAction
  call s:wait('quotes', {-> getline(s:line) =~# '"label": "8936000012366", "row"'})
  if g:concord_offered !~# '^Code Fixes:'
    call s:fail('no fixes were offered: ' . g:concord_offered)
  endif
  doautocmd TextChanged
  call s:wait('that finding gone', {-> index(s:shown(), l:before[0]) < 0})
endfunction

function! s:typing_is_followed() abort
  call cursor(1, 1)
  call search('8936000010518', 'W')
  execute 'substitute/8936000010518/8936000010515/'
  doautocmd TextChanged
  call s:wait('a right barcode', {-> empty(s:finding(s:barcode))})
  undo
  doautocmd TextChanged
  call s:wait('the wrong one again', {-> !empty(s:finding(s:barcode))})
endfunction

function! s:other_files_stay_quiet() abort
  execute 'edit!' s:work . '/package.json'
  execute 'edit!' s:work . '/shelf/corners.coco.json'
  call s:wait('findings of a file that is checked', {-> !empty(s:shown())})
  execute 'buffer' s:work . '/package.json'
  if !empty(s:shown())
    call s:fail('something is said of a file that is nobody''s labels')
  endif
endfunction

for s:test in ['findings_appear', 'a_fix_is_applied', 'typing_is_followed', 'other_files_stay_quiet']
  let s:began = reltime()
  try
    call call('s:' . s:test, [])
  catch
    call s:fail(s:test . ': ' . v:exception . ' at ' . v:throwpoint)
  endtry
  call s:say(printf('ok   %s (%.1f s)', substitute(s:test, '_', ' ', 'g'), reltimefloat(reltime(s:began))))
endfor
qall!
