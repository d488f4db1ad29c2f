# Cổng thông tin giáo dục: `make` liệt kê các lệnh.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV ?= .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Thêm cho pytest: make test ARGS="tests/core -k calendar"
ARGS ?=
JOBS ?= 2
LINTED := manage.py cms feedback procedures surveys scripts tests

.PHONY: help run dev worker test test-all drills bench lint format lock reset

help: ## Danh sách lệnh này
	@printf 'Dùng: make LỆNH\n\n'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-10s %s\n", $$1, $$2}'
	@printf '\nBiến môi trường (HOST, PORT, DEMO, DATABASE_URL…): docs/operations.md\n'

run: $(VENV)/.runtime ## Chạy cổng thông tin thật ở http://127.0.0.1:8000, cùng bộ xử lý việc nền
	@DJANGO_SETTINGS_MODULE=cms.settings.production exec $(MANAGE) run_portal

dev: $(VENV)/.runtime ## Máy chủ cho người sửa mã: lỗi hiện trên màn hình, tự nạp lại
	@$(MANAGE) migrate --verbosity 0
	@exec $(MANAGE) runserver $${HOST:-127.0.0.1}:$${PORT:-8000}

worker: $(VENV)/.runtime ## Chỉ chạy bộ xử lý việc nền và lịch định kỳ
	@DJANGO_SETTINGS_MODULE=cms.settings.production exec $(MANAGE) run_worker

test: $(VENV)/.tests ## Kiểm thử (SQLite nếu không đặt DATABASE_URL)
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not whole" $(ARGS)

test-all: $(VENV)/.tests ## Mọi kiểm thử, kể cả phần dài
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

drills: $(VENV)/.tests ## Diễn tập sự cố: máy chủ thật bị giết giữa chừng
	@$(BIN)/python -m pytest tests/drills $(ARGS)

bench: $(VENV)/.tests ## Đếm truy vấn và đo thời gian của các trang công khai trên máy này
	@$(BIN)/python tests/bench.py

lint: $(VENV)/.tests ## Mọi phép soát mã: ruff, djlint, mypy, import-linter, migration, check --deploy
	@BIN=$(BIN) sh tests/lint.sh $(LINTED)

format: $(VENV)/.tests ## Sắp xếp lại mã Python
	@$(BIN)/ruff check --fix --exit-zero $(LINTED)
	@$(BIN)/ruff format $(LINTED)

lock: $(VENV)/.lock ## Dịch lại requirements.txt từ requirements.in
	@for name in requirements tests/requirements; do \
	  $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url $(UPGRADE) $$name.in --output-file $$name.txt || exit 1; \
	done
	@if grep -nE -i '^ *(--)?(extra-)?index-url|https?://' requirements.txt tests/requirements.txt; then \
	  echo 'Tệp khoá chứa tên máy chủ gói; không dùng được.' >&2; exit 1; fi

reset: ## Xoá dữ liệu trong var/ (hỏi trước; YES=1 để không hỏi)
	@if [ "$(YES)" != 1 ]; then \
	  printf 'Xoá toàn bộ cơ sở dữ liệu, tệp và khoá trong %s? Gõ "xoa": ' "$${VAR_DIR:-var}"; \
	  read answer; [ "$$answer" = xoa ] || { echo 'Đã giữ nguyên.'; exit 1; }; fi
	@rm -rf "$${VAR_DIR:-var}" && echo 'Đã xoá. Chạy lại: make run'

# --- cài đặt: chỉ làm lại khi tệp khoá đổi -------------------------------------------------

$(BIN)/python:
	@for python in $${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do \
	  if command -v $$python >/dev/null 2>&1 && \
	     $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Tạo môi trường Python trong $(VENV)/ …"; exec $$python -m venv $(VENV); fi; \
	done; \
	echo 'Cần Python 3.11 trở lên có kèm venv và pip (trên Debian, Ubuntu: apt-get install python3-venv).' >&2; \
	echo "Đang có: $$(python3 --version 2>&1). Nếu Python ở chỗ khác: PYTHON=/đường/dẫn/python3 make run" >&2; exit 1

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo 'Cài các gói để chạy (lần đầu, có thể vài phút trên máy nhỏ) …'
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@echo 'Đã cài xong các gói.'
	@touch $@

$(VENV)/.tests: requirements.txt tests/requirements.txt | $(BIN)/python
	@echo 'Cài các gói để kiểm thử (lần đầu, có thể vài phút trên máy nhỏ) …'
	@$(PIP) install --quiet --require-hashes -r requirements.txt -r tests/requirements.txt
	@touch $@ $(VENV)/.runtime

$(VENV)/.lock: | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check --no-input install --quiet 'uv>=0.13,<0.14'
	@touch $@
