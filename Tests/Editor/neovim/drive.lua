-- Opens a real Neovim with the shipped configuration, types into it, and looks at what it shows.
-- Every wait is for an event; the limits only end a run that hangs.

local work = vim.env.CONCORD_TEST_WORK
local root = vim.env.CONCORD_TEST_ROOT
local products = vim.env.CONCORD_TEST_PRODUCTS
local limit = 30000

local command = string.format(
  "let g:concord_command = ['%s/concord', 'lsp', '--plugins', '%s/Plugins', '--plugins', '%s/plugins']", products, root, work)
-- A pause long enough that a slow machine between two keys does not look like a person who stopped typing.
local settings = "let g:concord_settings = {'typingPause': 1500, 'scope': 'workspace'}"
local editor = vim.fn.jobstart({
  vim.v.progpath, '--embed', '--headless', '-n', '-i', 'NONE',
  '--cmd', 'luafile ' .. root .. '/Tests/Editor/neovim/spy.lua', '--cmd', command, '--cmd', settings,
}, { rpc = true })

-- Talking to it

local function lua(code, ...)
  return vim.rpcrequest(editor, 'nvim_exec_lua', code, { ... })
end

local function ex(text)
  vim.rpcrequest(editor, 'nvim_command', text)
end

local function keys(text)
  vim.rpcrequest(editor, 'nvim_input', text)
end

local function line(number)
  return lua('return vim.api.nvim_buf_get_lines(0, ..., ... + 1, true)[1]', number - 1)
end

local function wait(what, condition)
  local ok = vim.wait(limit, condition, 2)
  if not ok then
    error('waited in vain: ' .. what .. '\nshown: ' .. vim.inspect(lua('return vim.diagnostic.get(0)')), 2)
  end
end

local function expect(condition, what)
  if not condition then
    error(what, 2)
  end
end

-- What is shown in the buffer: rule, one-based line, zero-based first and last byte column, text.
local function findings(rule, number)
  local all = lua([[
    local out = {}
    for _, d in ipairs(vim.diagnostic.get(0)) do
      local code = d.user_data and d.user_data.lsp and d.user_data.lsp.code or d.code
      table.insert(out, { rule = code, line = d.lnum + 1, first = d.col, last = d.end_col, text = d.message })
    end
    return out
  ]])
  return vim.tbl_filter(function(finding)
    return (not rule or finding.rule == rule) and (not number or finding.line == number)
  end, all)
end

-- Waits until the server has published something for the text as it is now.
local function answered()
  wait('an answer about this text', function()
    return lua([[
      local buffer = vim.api.nvim_get_current_buf()
      local version = vim.lsp.util.buf_versions[buffer]
      local uri = vim.uri_from_bufnr(buffer)
      for index = #_G.published, 1, -1 do
        local one = _G.published[index]
        if one.uri == uri then return one.version == version end
      end
      return false
    ]])
  end)
end

-- Types one key after the other, each after the editor took the last; `after` looks at every step.
local function type_slowly(text, number, after)
  for index = 1, #text do
    local before = line(number)
    keys(text:sub(index, index))
    wait('the key ' .. text:sub(index, index), function()
      return line(number) ~= before
    end)
    if after then
      after(text:sub(1, index))
    end
  end
end

local function escape()
  keys('<Esc>')
  wait('normal mode', function()
    return vim.rpcrequest(editor, 'nvim_get_mode').mode == 'n'
  end)
end

-- The line of the n-th place that has this text.
local function line_of(text, nth)
  local lines = lua('return vim.api.nvim_buf_get_lines(0, 0, -1, true)')
  for number, content in ipairs(lines) do
    if content:find(text, 1, true) then
      nth = (nth or 1) - 1
      if nth == 0 then
        return number
      end
    end
  end
  error('no line has ' .. text)
end

-- Empties the label on a line and stays in insert mode there.
local function begin_label(number)
  lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', number)
  keys('/"label": "<CR>')
  keys('f:f"ci"')
  wait('an empty label', function()
    return line(number):find('"label": ""', 1, true) ~= nil
  end)
end

local function child_processes(pid, name)
  local out = {}
  for _, entry in ipairs(vim.fn.glob('/proc/[0-9]*', true, true)) do
    local file = io.open(entry .. '/stat')
    local stat = file and file:read('*a')
    if file then
      file:close()
    end
    if stat then
      local id, program, parent = stat:match('^(%d+) %((.*)%) %S (%d+)')
      -- The kernel keeps fifteen characters of a name.
      if tonumber(parent) == pid and program == name:sub(1, 15) then
        table.insert(out, tonumber(id))
      end
    end
  end
  return out
end

local function server_pid()
  return lua([[
    local _, client = next(vim.lsp.buf_get_clients(0))
    return client.rpc.pid
  ]])
end

-- The tests, in the order a person might do these things

local tests = {}
local function test(name, body)
  table.insert(tests, { name = name, body = body })
end

local check_digit = 'retail-sku/gtin-check-digit'
local form = 'retail-sku/gtin-form-invalid'

test('findings appear with their text and place', function()
  ex('edit ' .. work .. '/shelf/shelf.json')
  local number = line_of('"8936000010518"')
  wait('the wrong barcode', function()
    return #findings(check_digit, number) == 1
  end)
  local finding = findings(check_digit, number)[1]
  local first = line(number):find('"8936000010518"', 1, true) - 1
  expect(finding.first == first and finding.last == first + 15, 'it stands at ' .. vim.inspect(finding))
  expect(finding.text:find('the last one is 5, not 8', 1, true), 'it says: ' .. finding.text)
  wait('the number without quotes', function()
    return #findings(form, line_of('"label": 8936000012366')) == 1
  end)
  wait('the box over its neighbour', function()
    return #findings('retail-sku/shelf-box-overlaps-neighbour') == 1
  end)
end)

test('a barcode typed digit by digit shows no error until it is finished', function()
  local number = line_of('"id": "a2"')
  local before = #findings(nil, number)
  begin_label(number)
  type_slowly('8936000010140', number, function(typed)
    answered()
    expect(#findings(nil, number) == before, 'after ' .. typed .. ': ' .. vim.inspect(findings(nil, number)))
  end)
  escape()
  answered()
  expect(#findings(nil, number) == before, 'finished: ' .. vim.inspect(findings(nil, number)))
end)

test('a wrong one is shown when it is finished, and goes when it is undone', function()
  local number = line_of('"id": "a2"')
  begin_label(number)
  type_slowly('8936000010141', number)
  escape()
  wait('the wrong barcode', function()
    return #findings(check_digit, number) == 1
  end)
  keys('u')
  wait('the text as it was', function()
    return line(number):find('"8936000010140"', 1, true) ~= nil
  end)
  wait('the finding to go', function()
    return #findings(check_digit, number) == 0
  end)
end)

test('a product is found by a name without its accents', function()
  local number = line_of('"id": "a2"')
  begin_label(number)
  type_slowly('duong trang', number)
  keys('<C-x><C-o>')
  -- One answer is taken at once; a list of more would wait for a choice.
  wait('the number of the product', function()
    return line(number):find('"label": "8936000014582", "row": 3', 1, true) ~= nil
  end)
  escape()
  begin_label(number)
  type_slowly('8936000010140', number)
  escape()
  answered()
end)

test('a fix is offered and applied', function()
  local number = line_of('"label": 8936000012366')
  local column = line(number):find('8936000012366', 1, true) + 3
  lua('vim.api.nvim_win_set_cursor(0, { ... })', number, column)
  lua([[
    vim.ui.select = function(items, options, choose)
      _G.offered = vim.tbl_map(options.format_item or tostring, items)
      choose(items[1], 1)
    end
    vim.lsp.buf.code_action()
  ]])
  wait('the quotes', function()
    return line(number):find('"label": "8936000012366"', 1, true) ~= nil
  end)
  wait('the finding to go', function()
    return #findings(form, number) == 0
  end)
end)

test('an id leads to its entry, and is renamed everywhere', function()
  local number = line_of('"id": "a2"')
  local entry = line_of('{"id": "front"')
  lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', number)
  keys('/"source": "<CR>')
  keys('f:f"l')
  wait('the cursor on the id', function()
    return vim.rpcrequest(editor, 'nvim_get_current_line'):sub(lua('return vim.api.nvim_win_get_cursor(0)[2]') + 1):sub(1, 5) == 'front'
  end)
  keys('gd')
  wait('the entry', function()
    return lua('return vim.api.nvim_win_get_cursor(0)[1]') == entry
  end)
  local uses = #lua([[return vim.tbl_filter(function(line)
    return line:find('"front"', 1, true)
  end, vim.api.nvim_buf_get_lines(0, 0, -1, true))]])
  lua("vim.lsp.buf.rename('main-camera')")
  wait('the new name', function()
    return line(entry):find('"main-camera"', 1, true) ~= nil
  end)
  local left = #lua([[return vim.tbl_filter(function(line)
    return line:find('"front"', 1, true)
  end, vim.api.nvim_buf_get_lines(0, 0, -1, true))]])
  expect(left < uses - 1, left .. ' of ' .. uses .. ' places are left')
  keys('u')
  wait('the name as it was', function()
    return line(entry):find('"front"', 1, true) ~= nil
  end)
end)

test('a worker that is killed while somebody types costs nothing', function()
  local server = server_pid()
  local workers = child_processes(server, 'concord-worker')
  expect(#workers >= 1, 'no worker runs below the server')
  -- What came before may still be on its way.
  wait('the findings of the text as it is', function()
    return #findings('retail-sku/shelf-box-overlaps-neighbour') == 1
  end)
  local number = line_of('"id": "a2"')
  begin_label(number)
  type_slowly('893600', number)
  for _, pid in ipairs(workers) do
    expect(vim.loop.kill(pid, 'sigkill') == 0, 'could not kill ' .. pid)
  end
  type_slowly('0010141', number)
  escape()
  wait('the wrong barcode', function()
    return #findings(check_digit, number) == 1
  end)
  expect(findings(check_digit, number)[1].text:find('the last one is 0, not 1', 1, true), 'another text')
  keys('r0')
  wait('the finding to go', function()
    return #findings(check_digit, number) == 0
  end)
  expect(#findings('retail-sku/shelf-box-overlaps-neighbour') == 1, 'the others changed')
  expect(server_pid() == server, 'the server is another one')
  for _, pid in ipairs(child_processes(server, 'concord-worker')) do
    expect(not vim.tbl_contains(workers, pid), 'worker ' .. pid .. ' was not replaced')
  end
end)

test('files that are none of its business get nothing', function()
  for _, name in ipairs({ 'settings.jsonc', 'settings.json', 'notebook.ipynb', 'package.json' }) do
    ex('edit ' .. work .. '/elsewhere/' .. name)
    wait('a server for ' .. name, function()
      return lua('return vim.tbl_count(vim.lsp.buf_get_clients(0))') == 1
    end)
    -- The server answers in order: once it has answered this, it has taken the file in.
    lua([[
      local _, client = next(vim.lsp.buf_get_clients(0))
      client.request_sync('textDocument/hover', vim.lsp.util.make_position_params(), ..., 0)
    ]], limit)
    keys('ggO<Esc>')
    lua([[
      local _, client = next(vim.lsp.buf_get_clients(0))
      client.request_sync('textDocument/hover', vim.lsp.util.make_position_params(), ..., 0)
    ]], limit)
    expect(#findings() == 0, name .. ': ' .. vim.inspect(findings()))
    keys('u')
  end
  -- Something later on the same server: whatever was to be said about those files was said before it.
  ex('edit! ' .. work .. '/elsewhere/labels.json')
  lua('vim.api.nvim_buf_set_lines(0, 0, -1, true, ...)', { '{ "images": [], "annotations": [ {} ], "categories": [], }' })
  ex('write')
  ex('edit!')
  wait('findings in a file that is its business', function()
    return #findings() > 0
  end)
  local said = lua([[
    return vim.tbl_filter(function(one) return one.count > 0 and not one.uri:match('labels%.json$')
      and one.uri:match('/elsewhere/') end, _G.published)
  ]])
  expect(#said == 0, vim.inspect(said))
end)

test('lines of JSON are known', function()
  ex('edit! ' .. work .. '/vision/clean.concord.jsonl')
  expect(lua('return vim.bo.filetype') == 'jsonl', 'the file type is ' .. lua('return vim.bo.filetype'))
  wait('a server', function()
    return lua('return vim.tbl_count(vim.lsp.buf_get_clients(0))') == 1
  end)
  keys('Go{"id": <Esc>')
  wait('a finding on the broken line', function()
    return #findings() > 0
  end)
  local last = lua('return vim.api.nvim_buf_line_count(0)')
  expect(#findings(nil, last) == #findings(), 'only the last line is wrong: ' .. vim.inspect(findings()))
  keys('u')
  wait('quiet', function()
    return #findings() == 0
  end)
end)

-- How many findings of a rule are shown in a file, whether or not it is open.
local function shown(rule, name)
  return lua([[
    local rule, name = ...
    local count, buffer = 0, vim.fn.bufnr(name)
    if buffer < 0 then return 0 end
    for _, d in ipairs(vim.diagnostic.get(buffer)) do
      local code = d.user_data and d.user_data.lsp and d.user_data.lsp.code or d.code
      if code == rule then count = count + 1 end
    end
    return count
  ]], rule, name)
end

local function disagreements(name)
  return shown('agreement/disagrees', name)
end

local function is_loaded(name)
  return lua('return vim.fn.bufloaded(...)', name) == 1
end

test('labels of one thing agree across files, open or on disk', function()
  local camera, captions = work .. '/street/camera/day1.json', work .. '/street/captions/objects.jsonl'
  -- The picture's label is only on disk, and what is found there is shown all the same.
  ex('edit! ' .. captions)
  wait('what differs from the picture', function()
    return #findings('agreement/disagrees', 3) == 1
  end)
  expect(findings('agreement/disagrees', 3)[1].text:find('in the picture it is "car"', 1, true), vim.inspect(findings()))
  wait('the same in the file that nobody has open', function()
    return disagreements(camera) == 2
  end)
  ex('3substitute/"bus"/"car"/')
  wait('agreement', function()
    return #findings('agreement/disagrees', 3) == 0
  end)
  wait('agreement in the file that nobody has open', function()
    return disagreements(camera) == 1
  end)
  expect(not is_loaded(camera), 'somebody opened ' .. camera)
  -- The other way round, with both open: what is typed in one is seen in the other.
  ex('edit! ' .. camera)
  wait('the boxes that lie apart, and no label that differs', function()
    return disagreements(camera) == 1
  end)
  local there = disagreements(captions)
  local label = line_of('"id": 3, "image_id": 2')
  ex(label .. 'substitute/"category_id": 1/"category_id": 2/')
  wait('a disagreement in both files', function()
    return disagreements(camera) == 2 and disagreements(captions) == there + 1
  end)
  ex(label .. 'substitute/"category_id": 2/"category_id": 1/')
  wait('agreement in both files', function()
    return disagreements(camera) == 1 and disagreements(captions) == there
  end)
  -- And with the caption only on disk, as it was saved.
  ex('buffer ' .. captions)
  ex('write')
  ex('buffer ' .. camera)
  ex('bdelete ' .. captions)
  wait('what is left to say of the captions', function()
    return not is_loaded(captions) and disagreements(captions) == there
  end)
  ex(label .. 'substitute/"category_id": 1/"category_id": 2/')
  wait('a disagreement in the caption that nobody has open', function()
    return disagreements(captions) == there + 1
  end)
  ex(label .. 'substitute/"category_id": 2/"category_id": 1/')
  wait('agreement in the caption that nobody has open', function()
    return disagreements(captions) == there
  end)
end)

test('a side that is turned in a note shows there and in the image that nobody has open', function()
  local rule, images = 'medical-imaging/laterality-conflict', work .. '/study/chest.json'
  ex('edit! ' .. work .. '/study/notes.json')
  local word = line_of('"tokens": "left"')
  ex(word .. 'substitute/"left"/"right"/')
  wait('the side that differs from the image', function()
    return #findings(rule, word) == 1
  end)
  wait('the same in the image that nobody has open', function()
    return shown(rule, images) == 1
  end)
  expect(not is_loaded(images), 'somebody opened ' .. images)
  ex(word .. 'substitute/"right"/"left"/')
  wait('quiet in both', function()
    return #findings() == 0 and shown(rule, images) == 0
  end)
end)

test('a ship that was silent was not, once its message is moved to where radar saw it', function()
  local rule, scene = 'geospatial-sar/dark-vessel', work .. '/harbour/scene.json'
  -- So many messages take their time where others work, too.
  local usual = limit
  limit = 120000
  ex('edit! ' .. work .. '/harbour/ships.jsonl')
  expect(lua('return vim.api.nvim_buf_line_count(0)') == 100002, 'not all messages are there')
  ex('2substitute/10.2238/10.4238/')
  ex('edit! ' .. scene)
  local other = line_of('"color"')
  wait('the scene, with what is wrong in it', function()
    return #findings('geospatial-sar/sar-optical-attribute', other) == 1 and #findings(rule) == 0
  end)
  ex('buffer! ' .. work .. '/harbour/ships.jsonl')
  ex('2substitute/10.4238/10.2238/')
  wait('the ship that was not silent', function()
    return shown(rule, scene) == 1
  end)
  ex('2substitute/10.2238/10.4238/')
  wait('the ship that may have been', function()
    return shown(rule, scene) == 0
  end)
  ex('edit!')
  limit = usual
end)

local function behind_cursor()
  return vim.rpcrequest(editor, 'nvim_get_current_line'):sub(lua('return vim.api.nvim_win_get_cursor(0)[2]') + 1)
end

-- Lines of open files with the new name; nil as long as one is not open or has the old one.
local function renamed(files, old, new)
  local count = 0
  for _, name in ipairs(files) do
    local lines = lua([[
      local buffer = vim.fn.bufnr(...)
      return buffer >= 0 and vim.api.nvim_buf_is_loaded(buffer) and vim.api.nvim_buf_get_lines(buffer, 0, -1, true) or false
    ]], name)
    if not lines then return nil end
    for _, line in ipairs(lines) do
      if line:find(old, 1, true) then return nil end
      if line:find(new, 1, true) then count = count + 1 end
    end
  end
  return count
end

-- Whether nothing is found in any of these files.
local function clean(files)
  return lua([[
    for _, name in ipairs(...) do
      if #vim.diagnostic.get(vim.fn.bufnr(name)) > 0 then return false end
    end
    return true
  ]], files)
end

test('an id is renamed in all files of a dataset, and all is clean after', function()
  local files = { work .. '/talk/recordings.jsonl', work .. '/talk/day1.jsonl', work .. '/talk/day2.jsonl' }
  ex('edit! ' .. files[2])
  -- Something that is wrong, so that it is seen when everything is known.
  ex('2substitute/r2/r9/')
  wait('an id that nobody defines', function()
    return #findings('link/dangling', 2) == 1
  end)
  ex('2substitute/r9/r2/')
  wait('an id that the other file defines', function()
    return #findings() == 0
  end)
  ex('2')
  keys('0f:;f"l')
  wait('the cursor on the id', function()
    return behind_cursor():sub(1, 2) == 'r2'
  end)
  lua("vim.lsp.buf.rename('evening')")
  wait('the new name in every file', function()
    return renamed(files, '"r2"', '"evening"') == 4
  end)
  ex('wall')
  -- What is wrong afterwards is seen; what is not, is clean.
  ex('2substitute/evening/r9/')
  wait('an id that nobody defines', function()
    return #findings('link/dangling', 2) == 1
  end)
  ex('2substitute/r9/evening/')
  wait('all clean', function()
    return clean(files)
  end)
  local saved = table.concat(vim.fn.readfile(files[3]), '')
  expect(not saved:find('"r2"', 1, true) and saved:find('"evening"', 1, true), saved)
end)

test('a part that is moved beyond its recording shows at once', function()
  local rule = 'speech/speech-segment-beyond-recording'
  ex('edit! ' .. work .. '/speech/call-7.rttm')
  local number = line_of('8.50 2.40')
  ex(number .. 'substitute/8.50 2.40/14.50 2.40/')
  wait('a part that ends after its recording', function()
    return #findings(rule, number) == 1
  end)
  expect(findings(rule, number)[1].text:find('ends at 16.9 s, but its recording is only 15 s long', 1, true), vim.inspect(findings()))
  -- The list that says how long the recording is may itself be moved.
  ex('edit! ' .. work .. '/speech/recordings.json')
  ex('%substitute/"num_samples": 120000, "duration": 15.0/"num_samples": 144000, "duration": 18.0/')
  wait('quiet in the file with the part', function()
    return shown(rule, work .. '/speech/call-7.rttm') == 0
  end)
  keys('u')
  wait('the same in the file that is not shown', function()
    return shown(rule, work .. '/speech/call-7.rttm') == 1
  end)
  ex('buffer ' .. work .. '/speech/call-7.rttm')
  ex(number .. 'substitute/14.50 2.40/8.50 2.40/')
  wait('quiet', function()
    return #findings(rule) == 0
  end)
end)

test('a speaker is renamed in the turns, the texts, the words and the feelings in one go', function()
  local files = {}
  for _, name in ipairs({ 'call-7.rttm', 'call-7.stm', 'call-7.ctm', 'supervisions.json', 'feelings.json' }) do
    table.insert(files, work .. '/speech/' .. name)
  end
  ex('edit! ' .. files[1])
  lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', line_of('caller-bob'))
  keys('/caller-bob<CR>')
  wait('the cursor on the name', function()
    return behind_cursor():sub(1, 10) == 'caller-bob'
  end)
  lua("vim.lsp.buf.rename('caller-bao')")
  wait('the new name in every file', function()
    return renamed(files, 'caller-bob', 'caller-bao') == 9
  end)
  -- What two files say of who speaks when still agrees.
  wait('all clean', function()
    return clean(files)
  end)
end)

-- Running them: each builds on the one before, so the first failure ends the run.

local failed = false
for _, one in ipairs(tests) do
  local started = vim.loop.hrtime()
  local ok, message = xpcall(one.body, debug.traceback)
  io.stdout:write(string.format('%s %s (%.1f s)\n', ok and 'ok  ' or 'FAIL', one.name, (vim.loop.hrtime() - started) / 1e9))
  if not ok then
    failed = true
    io.stdout:write(tostring(message) .. '\n')
    break
  end
end

pcall(function()
  lua('vim.lsp.stop_client(vim.lsp.get_active_clients())')
end)
vim.fn.jobstop(editor)
if failed then
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
