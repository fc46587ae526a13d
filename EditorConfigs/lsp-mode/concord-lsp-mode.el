;;; concord-lsp-mode.el --- Concord in Emacs, through lsp-mode  -*- lexical-binding: t; -*-

;; For Emacs 27 or newer with lsp-mode 8 (Debian: elpa-lsp-mode).  With Eglot, see the folder `emacs'.
;; Copy this file to ~/.emacs.d/lisp/concord-lsp-mode.el, and put this into ~/.emacs.d/init.el:
;;
;;   (load "~/.emacs.d/lisp/concord-lsp-mode")
;;
;; `concord' must be on the PATH.  To change something, set these before:
;;   concord-command    how to start it, default ("concord" "lsp")
;;   concord-settings   e.g. (:language "vi" :role "reviewer" :typingPause 400)

(require 'lsp-mode)

(defvar concord-command '("concord" "lsp")
  "Program and arguments that start Concord.")

(defvar concord-settings nil
  "What Concord is told when it starts, as a property list.")

;; A mode of its own: that of JSON in general has other servers in lsp-mode.
(define-derived-mode concord-json-mode js-mode "JSON"
  "Annotation files, and every other JSON file: Concord keeps quiet about what it does not know."
  (setq-local js-indent-level 2))

(define-derived-mode concord-lines-mode concord-json-mode "JSON lines"
  "One JSON value a line."
  (setq-local truncate-lines t))

(add-to-list 'auto-mode-alist '("\\.jsonc?\\'" . concord-json-mode))
(add-to-list 'auto-mode-alist '("\\.\\(?:jsonl\\|ndjson\\)\\'" . concord-lines-mode))
(add-to-list 'lsp-language-id-configuration '(concord-json-mode . "json"))
(add-to-list 'lsp-language-id-configuration '(concord-lines-mode . "jsonl"))

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection (lambda () concord-command))
  :major-modes '(concord-json-mode concord-lines-mode)
  :initialization-options (lambda () (or concord-settings (make-hash-table)))
  :priority 1
  :server-id 'concord))

(add-hook 'concord-json-mode-hook #'lsp-deferred)

(provide 'concord-lsp-mode)
;;; concord-lsp-mode.el ends here
