#!/usr/bin/env python3
"""Opens a file in JupyterLab, in a Chromium without a window, and looks at what it underlines. Usage: jupyterlab.py URL PICTURE"""
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

LIMIT = 90


def main():
    address, picture = sys.argv[1:]
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,900"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        browser.get(address)
        wait = WebDriverWait(browser, LIMIT)
        wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, ".jp-FileEditor .cm-line"), "the file's text")
        underlined = wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, ".cm-lintRange-error"), "what is underlined")
        words = [mark.text for mark in underlined]
        assert any("8936000010518" in text for text in words), words
        print(f"ok   JupyterLab underlines {words}: {picture}")
    finally:
        browser.save_screenshot(picture)
        browser.quit()


main()
